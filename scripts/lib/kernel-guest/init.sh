#!/bin/busybox sh
# The first process of a guest: this machine's own files, read-only, under a kernel with simulated GPIO chips.
# The kernel's command line says what to run (`vestibule.run=/path/to/program,argument,…`); when it ends, so does
# the guest.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
echo "guest: kernel up"

for module in $(cat /lib/modules); do insmod "/lib/$module.ko" || echo "guest: no module $module"; done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose,ro host /host || echo "guest: no files"
# /tmp stays the host's: the tree itself may stand there.
mount -t tmpfs run /host/run
mkdir -p /host/run/tmp
mount --bind /dev /host/dev
mount --bind /proc /host/proc
mount --bind /sys /host/sys
mkdir -p /dev/shm
mount -t tmpfs shm /host/dev/shm
mount -t configfs config /host/sys/kernel/config
mount -t tracefs trace /host/sys/kernel/tracing
ip link set lo up

option() { sed -n "s/.*\bvestibule\.$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
run="$(option run | tr , ' ')"
echo "guest: files up"
# Unquoted: program and arguments, none with a blank in it.
TMPDIR=/run/tmp HOME=/run/tmp NODE_COMPILE_CACHE="$(option compiled)" \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin chroot /host $run
echo "guest: ended with $?"
poweroff -f
