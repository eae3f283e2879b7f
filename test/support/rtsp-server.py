#!/usr/bin/python3
"""A real RTSP camera for tests: serves H.264 or H.265 access units from Annex B files at a steady rate.

Usage: rtsp-server.py '{"files": {"live": "live.h264", ...}, "user": ..., "password": ..., "auth": "digest"|"basic",
       "codec": "h264"|"h265", "framesPerSecond": 15, "port": 0,
       "tls": {"certificateFile": ..., "keyFile": ...}}'
Prints {"port": N} once it listens, then obeys one JSON command a line on stdin:
    {"show": NAME}     switch to another file, from its first picture; with "running": true from where a film that
                       has run all the time has got to
    {"loss": 0.05}     drop this share of RTP packets
    {"hush": true}     keep every connection open and send nothing more
Each obeyed command is answered with {"done": COMMAND}. The stream is at /live. Ends when stdin closes.
"""
import json
import signal
import sys
import time
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

# Pictures from one that stands for itself to the next, as test-videos.ts encodes them.
GROUP = 30
DELIMITERS = {"h264": b"\x00\x00\x00\x01\x09", "h265": b"\x00\x00\x00\x01\x46"}
ROLE = "viewer"


def access_units(path, delimiter):
    """The file cut before each access unit delimiter; the files are written with delimiters."""
    with open(path, "rb") as stream:
        data = stream.read()
    units, start = [], data.find(delimiter)
    while start >= 0:
        end = data.find(delimiter, start + len(delimiter))
        units.append(data[start:] if end < 0 else data[start:end])
        start = end
    if not units:
        raise SystemExit(f"{path}: no access unit delimiter found")
    return units


class Show:
    """What every client sees now."""

    def __init__(self, options):
        self.rate = options.get("framesPerSecond", 15)
        self.codec = options.get("codec", "h264")
        delimiter = DELIMITERS[self.codec]
        self.units = {name: access_units(path, delimiter) for name, path in options["files"].items()}
        self.name = next(iter(self.units))
        self.turn = 0
        self.start = 0
        self.loss = 0.0
        self.hushed = False

    def now(self):
        """Where a film that runs whether or not anybody looks has got to: the beginning of a group of pictures.

        A stream that begins anew at each connection would be taken for a replay, and rightly (T17).
        """
        groups = max(1, len(self.units[self.name]) // GROUP)
        return int(time.time() * self.rate) // GROUP % groups * GROUP

    def switch(self, name, running):
        if name not in self.units:
            raise KeyError(name)
        self.name = name
        self.start = self.now() if running else 0
        self.turn += 1


# A stream that was held up catches up this far, in microseconds; beyond, it goes on from where it is.
CATCHES_UP = 1_000_000


class Feed:
    """Pushes access units into one client's pipeline, each when it is due.

    A camera's clock goes on however busy the machine is: a stream that fell behind for good would be told so, and
    rightly, by whoever looks at how late pictures come.
    """

    def __init__(self, show, media):
        self.show = show
        element = media.get_element()
        self.source = element.get_by_name("source")
        self.losses = element.get_by_name("pay0")
        self.count = 0
        self.turn = show.turn
        self.index = show.now()
        self.begun = GLib.get_monotonic_time()
        self.timer = GLib.timeout_add(1000 // show.rate, self.tick)
        media.connect("unprepared", self.stop)
        self.push()

    def stop(self, _media):
        if self.timer:
            GLib.source_remove(self.timer)
            self.timer = 0

    def tick(self):
        self.timer = 0
        if self.show.hushed:
            self.begun += 1_000_000 // self.show.rate
        elif not self.push():
            return False
        behind = GLib.get_monotonic_time() - self.begun - self.count * 1_000_000 // self.show.rate
        self.begun += max(0, behind - CATCHES_UP)
        self.timer = GLib.timeout_add(max(1, -behind // 1000), self.tick)
        return False

    def push(self):
        show = self.show
        if self.turn != show.turn:
            self.turn, self.index = show.turn, show.start
        # Loss begins with the stream under way: the server must first see the parameter sets itself.
        self.losses.set_property("drop-probability", show.loss if self.count > 15 else 0.0)
        units = show.units[show.name]
        buffer = Gst.Buffer.new_wrapped(units[self.index % len(units)])
        buffer.pts = buffer.dts = self.count * Gst.SECOND // show.rate
        buffer.duration = Gst.SECOND // show.rate
        self.index += 1
        self.count += 1
        return self.source.emit("push-buffer", buffer) == Gst.FlowReturn.OK


def make_factory(show, guarded):
    factory = GstRtspServer.RTSPMediaFactory()
    # The server takes what it streams from the element named pay0; that one may lose packets.
    factory.set_launch(
        "( appsrc name=source is-live=true format=time"
        f" caps=video/x-{show.codec},stream-format=byte-stream,alignment=au"
        f" ! {show.codec}parse ! rtp{show.codec}pay pt=96 config-interval=1 ! identity name=pay0 )"
    )
    factory.connect("media-configure", lambda _factory, media: Feed(show, media))
    if guarded:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_role(ROLE)
        for right in ("media.factory.access", "media.factory.construct"):
            permissions.add_permission_for_role(ROLE, right, True)
        factory.set_permissions(permissions)
    return factory


def make_auth(options):
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", ROLE)
    user, password = options["user"], options["password"]
    if options.get("auth", "digest") == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    return auth


def with_tls(auth, options):
    """RTSP over TLS with this certificate, for whoever connects."""
    with open(options["certificateFile"]) as certificate, open(options["keyFile"]) as key:
        both = certificate.read() + key.read()
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_pem(both, -1))
    return auth


def obey(show, line):
    command = json.loads(line)
    if "show" in command:
        show.switch(command["show"], command.get("running", False))
    if "loss" in command:
        show.loss = command["loss"]
    if "hush" in command:
        show.hushed = command["hush"]
    print(json.dumps({"done": command}), flush=True)


def main():
    Gst.init(None)
    options = json.loads(sys.argv[1])
    show = Show(options)
    loop = GLib.MainLoop()
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(options.get("port", 0)))
    guarded = "user" in options
    if "tls" in options:
        auth = make_auth(options) if guarded else GstRtspServer.RTSPAuth()
        server.set_auth(with_tls(auth, options["tls"]))
    elif guarded:
        server.set_auth(make_auth(options))
    server.get_mount_points().add_factory("/live", make_factory(show, guarded))
    if server.attach(None) == 0:
        raise SystemExit("cannot listen")

    def read_commands():
        for line in sys.stdin:
            GLib.idle_add(obey, show, line)
        GLib.idle_add(loop.quit)

    threading.Thread(target=read_commands, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: loop.quit())
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


main()
