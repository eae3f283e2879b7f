import { Component, type ErrorInfo, type ReactNode } from "react";

/** How long somebody has to read what happened before the page tries again by itself. */
const retryAfter = 5_000;

interface State {
  readonly failed: boolean;
}

/**
 * A fault of the page must not leave the wall of a security centre blank: it says so in both languages, since the texts
 * may be what failed, and begins anew. React has no other way to catch it than a class.
 */
export class PageFailure extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
    setTimeout(() => location.reload(), retryAfter);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="asking" role="alert">
        This page has failed and begins again in a moment. The doors do not depend on it.
        <br />
        <span lang="zh-CN">页面出错，稍后自动重新加载。门的控制不受影响。</span>
      </main>
    );
  }
}
