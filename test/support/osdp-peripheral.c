/*
 * A reader for test/readers/osdp-acceptance.test.ts, made of libosdp's peripheral side (github.com/goToMain/libosdp) by its
 * public interface of version 3. Nothing of libosdp is in this file. Where it is installed:
 *
 *   cc -o osdp-peripheral test/support/osdp-peripheral.c -losdp
 *   VESTIBULE_OSDP_PERIPHERAL=$PWD/osdp-peripheral npx vitest run --project devices test/readers/osdp-acceptance.test.ts
 */
#include <fcntl.h>
#include <osdp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { longest_line = 1024 };

static int line_to_bus = -1;
static int tampered;
static int power_fault;

static int hear(void *data, uint8_t *bytes, int most) {
  (void)data;
  ssize_t came = read(line_to_bus, bytes, (size_t)most);
  return came < 0 ? 0 : (int)came;
}

static int say(void *data, uint8_t *bytes, int length) {
  (void)data;
  return (int)write(line_to_bus, bytes, (size_t)length);
}

static int on_command(void *data, struct osdp_cmd *command) {
  (void)data;
  switch (command->id) {
  case OSDP_CMD_LED:
    printf("led %d %d %d %d\n", command->led.permanent.on_count, command->led.permanent.off_count,
           command->led.permanent.on_color, command->led.permanent.off_color);
    break;
  case OSDP_CMD_BUZZER:
    printf("buzzer %d %d %d\n", command->buzzer.on_count, command->buzzer.off_count, command->buzzer.rep_count);
    break;
  case OSDP_CMD_TEXT:
    printf("text %d %d %.*s\n", command->text.offset_row, command->text.offset_col, command->text.length,
           (const char *)command->text.data);
    break;
  case OSDP_CMD_KEYSET:
    printf("keyset ");
    for (int at = 0; at < command->keyset.length; at++) printf("%02x", command->keyset.data[at]);
    printf("\n");
    break;
  case OSDP_CMD_STATUS:
    memset(command->status.report, 0, sizeof command->status.report);
    command->status.nr_entries = 1;
    if (command->status.type == OSDP_STATUS_REPORT_LOCAL) {
      command->status.nr_entries = 2;
      command->status.report[0] = (uint8_t)tampered;
      command->status.report[1] = (uint8_t)power_fault;
    }
    break;
  default:
    return -1;
  }
  fflush(stdout);
  return 0;
}

/* A line from whoever tries it: something happens to the reader. */
static void happen(osdp_t *reader, const char *line) {
  struct osdp_event event;
  memset(&event, 0, sizeof event);
  if (strncmp(line, "card ", 5) == 0) {
    event.type = OSDP_EVENT_CARDREAD;
    event.cardread.format = OSDP_CARD_FMT_RAW_WIEGAND;
    event.cardread.length = (int)strlen(line + 5);
    if (event.cardread.length > 8 * (int)sizeof event.cardread.data) return;
    for (int bit = 0; bit < event.cardread.length; bit++)
      if (line[5 + bit] == '1') event.cardread.data[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
  } else if (strncmp(line, "keys ", 5) == 0) {
    event.type = OSDP_EVENT_KEYPRESS;
    event.keypress.length = (int)strlen(line + 5);
    if (event.keypress.length > (int)sizeof event.keypress.data) return;
    for (int key = 0; key < event.keypress.length; key++)
      event.keypress.data[key] = line[5 + key] == '#' ? 0x0d : line[5 + key] == '*' ? 0x7f : (uint8_t)line[5 + key];
  } else if (sscanf(line, "tamper %d", &tampered) == 1 || sscanf(line, "power %d", &power_fault) == 1) {
    event.type = OSDP_EVENT_STATUS;
    event.status.type = OSDP_STATUS_REPORT_LOCAL;
    event.status.nr_entries = 2;
    event.status.report[0] = (uint8_t)tampered;
    event.status.report[1] = (uint8_t)power_fault;
  } else {
    return;
  }
  osdp_pd_submit_event(reader, &event);
}

int main(int count, char **given) {
  if (count != 4) return fprintf(stderr, "%s DEVICE ADDRESS KEY|new\n", given[0]), 2;
  static const struct osdp_pd_cap capabilities[] = {
      {OSDP_PD_CAP_CARD_DATA_FORMAT, 1, 0},   {OSDP_PD_CAP_READER_LED_CONTROL, 4, 1},
      {OSDP_PD_CAP_READER_AUDIBLE_OUTPUT, 2, 1}, {OSDP_PD_CAP_READER_TEXT_OUTPUT, 1, 1},
      {OSDP_PD_CAP_READERS, 0, 1},            {(uint8_t)-1, 0, 0},
  };
  uint8_t key[16];
  int is_new = strcmp(given[3], "new") == 0;
  for (int at = 0; !is_new && at < 16; at++)
    if (sscanf(given[3] + 2 * at, "%2hhx", &key[at]) != 1) return fprintf(stderr, "no key: %s\n", given[3]), 2;
  osdp_pd_info_t info;
  memset(&info, 0, sizeof info);
  info.address = atoi(given[2]);
  info.baud_rate = 115200;
  info.flags = is_new ? 0 : OSDP_FLAG_ENFORCE_SECURE;
  info.id.vendor_code = 0x23265c;
  info.id.model = 1;
  info.id.version = 2;
  info.id.serial_number = 900 + (uint32_t)info.address;
  info.id.firmware_version = 0x010007;
  info.cap = capabilities;
  info.channel.recv = hear;
  info.channel.send = say;
  info.scbk = is_new ? NULL : key;
  osdp_t *reader = osdp_pd_setup(&info);
  line_to_bus = open(given[1], O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (reader == NULL || line_to_bus < 0) return perror(given[1]), 1;
  struct termios settings;
  tcgetattr(line_to_bus, &settings);
  cfmakeraw(&settings);
  tcsetattr(line_to_bus, TCSANOW, &settings);
  osdp_pd_set_command_callback(reader, on_command, NULL);
  printf("ready\n");
  fflush(stdout);
  char line[longest_line];
  size_t length = 0;
  for (;;) {
    struct pollfd both[] = {{.fd = line_to_bus, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    poll(both, 2, 10);
    if (both[1].revents != 0) {
      char byte;
      if (read(STDIN_FILENO, &byte, 1) != 1) return 0;
      if (byte == '\n') {
        line[length] = '\0';
        happen(reader, line);
        length = 0;
      } else if (length < sizeof line - 1) {
        line[length++] = byte;
      }
    }
    osdp_pd_refresh(reader);
  }
}
