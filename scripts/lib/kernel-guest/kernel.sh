# Sourced by scripts/kernel-guest: a Debian kernel, unpacked and never installed, and the modules a guest takes.
#
# Debian builds GPIO's character device and its sysfs, but neither gpio-sim nor irq_sim. Both are compiled here, from
# the two files of the matching linux-source package, as one module. Unpacked with dpkg because installing the
# headers would pull in a kernel for this machine and build an initramfs for it; the -cloud- kernels have no GPIO.

KERNELS="$TOOLS/kernel"
KERNEL_GUEST="$ROOT/scripts/lib/kernel-guest"
# Depends on exactly the newest 6.12 of bookworm's security archive.
KERNEL_PACKAGE=linux-image-6.12-amd64
# In the order in which they are loaded.
GUEST_MODULES=(netfs 9pnet 9pnet_virtio 9p overlay configfs watchdog i6300esb evdev uinput)

kernel_recipe() {
  fingerprint "$KERNEL_GUEST/kernel.sh"
}

kernel_folder() { # where the kernel in use stands, or nothing
  local release
  release="$(first_line_of "$KERNELS/current")"
  [[ -z "$release" ]] || printf '%s' "$KERNELS/$release"
}

kernel_is_there() {
  local folder
  folder="$(kernel_folder)"
  [[ -n "$folder" && -f "$folder/vmlinuz" && "$(first_line_of "$folder/stamp")" == "$(kernel_recipe)" ]]
}

initial_root_is_there() {
  local folder
  folder="$(kernel_folder)"
  [[ -f "$folder/initrd.cpio" ]] && cmp -s "$KERNEL_GUEST/init.sh" "$folder/initial/init"
}

bring_kernel() {
  kernel_is_there && return # another run was faster
  # Empty lists name no kernel, and old ones a kernel that the archive no longer has.
  build_newest || { as_root apt-get -q update && build_newest; }
}

build_newest() {
  local release work code
  release="$(apt-cache depends --important "$KERNEL_PACKAGE" 2>/dev/null |
    sed -n 's/^ *Depends: linux-image-\(6\.12\..*\)/\1/p' | head -n 1)"
  if [[ -z "$release" ]]; then
    echo "no $KERNEL_PACKAGE in the package lists: it takes Debian 12 with bookworm-security in its sources"
    return 1
  fi
  # kbuild takes no blanks in paths, and this tree may stand anywhere.
  work="$(mktemp -d /tmp/vestibule-kernel.XXXXXX)" && chmod 755 "$work" || return # apt's own user looks in
  build_kernel "$release" "$work" "$KERNELS/$release"
  code=$?
  rm -rf "$work"
  return "$code"
}

build_kernel() { # RELEASE WORK FOLDER
  local release="$1" work="$2" folder="$3" version
  version="$(apt-cache show --no-all-versions "linux-image-$release" | sed -n 's/^Version: //p')"
  download "$work" "$release" "$version" || return
  local package
  for package in "$work"/linux-{image,headers,kbuild}-*.deb; do dpkg -x "$package" "$work/root" || return; done
  dpkg-deb --fsys-tarfile "$work"/linux-source-*.deb | tar -xO --wildcards '*/linux-source-6.12.tar.xz' |
    tar -xJ -C "$work" --strip-components=1 \
      linux-source-6.12/drivers/gpio/gpio-sim.c linux-source-6.12/kernel/irq/irq_sim.c || return
  compile_gpio_sim "$work" "$release" || return
  rm -rf "$folder" && mkdir -p "$folder" && cp "$work/root/boot/vmlinuz-$release" "$folder/vmlinuz" || return
  gather_initial_root "$work" "$work/root/lib/modules/$release" "$folder/initial" || return
  kernel_recipe >"$folder/stamp"
  echo "$release" >"$KERNELS/current"
}

download() { # WORK RELEASE VERSION
  (cd "$1" && apt-get -q download "linux-image-$2=$3" "linux-headers-$2" "linux-headers-${2%-amd64}-common" \
    "linux-kbuild-${2%-amd64}" "linux-source-6.12=$3")
}

compile_gpio_sim() { # WORK RELEASE
  local headers="$1/root/usr/src/linux-headers-$2" module="$1/module"
  # It names its other half by where that would be installed.
  echo "include $1/root/usr/src/linux-headers-${2%-amd64}-common/Makefile" >"$headers/Makefile"
  rm -f "$headers/vmlinux" # only for type information that nobody reads, and that takes another program
  mkdir -p "$module" && cp "$1/drivers/gpio/gpio-sim.c" "$module/gpio_sim_chip.c" || return
  # The one call that is not exported to modules.
  sed 's/irq_to_desc(irqnum)/irq_data_to_desc(irq_get_irq_data(irqnum))/' "$1/kernel/irq/irq_sim.c" \
    >"$module/irq_sim.c" || return
  printf 'obj-m := gpio-sim.o\ngpio-sim-y := gpio_sim_chip.o irq_sim.o\n' >"$module/Kbuild"
  make -C "$headers" M="$module" CC=gcc-12 HOSTCC=gcc-12 modules && strip --strip-debug "$module/gpio-sim.ko"
}

gather_initial_root() { # WORK MODULES FOLDER
  local module file
  mkdir -p "$3"/{bin,lib,proc,sys,dev,host} && cp /bin/busybox "$3/bin/" || return
  for module in "${GUEST_MODULES[@]}"; do
    file="$(find "$2/kernel" -name "$module.ko*" -print -quit)"
    case "$file" in
      *.xz) xz -dc "$file" >"$3/lib/$module.ko" || return ;;
      *.ko) cp "$file" "$3/lib/" || return ;;
      *) echo "the kernel has no module $module" && return 1 ;;
    esac
  done
  cp "$1/module/gpio-sim.ko" "$3/lib/" && echo "${GUEST_MODULES[*]} gpio-sim" >"$3/lib/modules"
}

bring_initial_root() {
  local folder
  folder="$(kernel_folder)"
  install -m 755 "$KERNEL_GUEST/init.sh" "$folder/initial/init" || return
  # Not compressed: emulated, unpacking would take longer than reading.
  (cd "$folder/initial" && find . | busybox cpio -o -H newc) >"$folder/initrd.cpio"
}
