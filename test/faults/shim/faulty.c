// A shim for LD_PRELOAD that makes one file operation of Node go wrong, or ends the program or the power right before it.
// It counts the operations that change something below FAULT_PATH; with FAULT_READS also those that open something there for reading.
//
//   FAULT_PATH   only paths that hold this text count
//   FAULT_CALLS  only these calls count: names with commas around each (",fsync,"); all when absent
//   FAULT_LOG    a file that gets one line an operation: its name and its path
//   FAULT_AT     the operation that goes wrong, from 1; 0: none does
//   FAULT_DO     errno:N fails with errno N · short:N writes N bytes and has no room after that · kill ends the program ·
//                power:MOUNT cuts the power of a mounted file system, then ends the program
//   FAULT_FROM   when set, errno and short hold for every operation from FAULT_AT on: a disk that stays full
//   FAULT_NO_LINKS  when set, there are no second names, as on FAT; not counted
//   FAULT_COMMIT with power: another file that is written and synced first, so that the journal is committed up to here
//
// Build: cc -shared -fPIC -O2 -o faulty.so faulty.c -ldl. Node wants UV_USE_IO_URING=0, or its operations go past the C library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define SHUTDOWN _IOR('X', 125, uint32_t)
#define SHUTDOWN_NO_FLUSH 2
#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

enum { GOES_ON = 0, FAILS = 1, IS_SHORT = 2 };

static atomic_int counted;
static atomic_int short_done;

static int real_open(const char *path, int flags, int mode) {
  static int (*real)(const char *, int, ...);
  if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  return real(path, flags, mode);
}

static ssize_t real_write(int fd, const void *data, size_t size) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  return real(fd, data, size);
}

static int real_fsync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return real(fd);
}

static void append(const char *file, const char *call, const char *path) {
  char line[8192];
  int size = snprintf(line, sizeof line, "%s %s\n", call, path);
  int fd = real_open(file, O_CREAT | O_WRONLY | O_APPEND, 0600);
  if (fd >= 0) {
    real_write(fd, line, (size_t)size);
    close(fd);
  }
}

static void cut_power(const char *mount) {
  const char *commit = getenv("FAULT_COMMIT");
  if (commit) {
    int other = real_open(commit, O_CREAT | O_WRONLY, 0600);
    real_write(other, "x", 1);
    real_fsync(other);
  }
  uint32_t how = SHUTDOWN_NO_FLUSH;
  int fd = real_open(mount, O_RDONLY, 0);
  if (fd < 0 || ioctl(fd, SHUTDOWN, &how) != 0) append(getenv("FAULT_LOG"), "shutdown-failed", mount);
  kill(getpid(), SIGKILL);
}

static int meets(const char *call, const char *path) {
  const char *wanted = getenv("FAULT_PATH");
  const char *calls = getenv("FAULT_CALLS");
  // The editor and other children are not ours; Node is.
  if (!wanted || !path || !strstr(path, wanted) || strcmp(program_invocation_short_name, "node") != 0) return GOES_ON;
  char name[64];
  snprintf(name, sizeof name, ",%s,", call);
  if (calls && !strstr(calls, name)) return GOES_ON;
  int number = atomic_fetch_add(&counted, 1) + 1;
  const char *log = getenv("FAULT_LOG");
  if (log) append(log, call, path);
  int at = atoi(getenv("FAULT_AT") ? getenv("FAULT_AT") : "0");
  if (at == 0 || number < at || (number > at && !getenv("FAULT_FROM"))) return GOES_ON;
  const char *what = getenv("FAULT_DO");
  if (!what) return GOES_ON;
  if (strcmp(what, "kill") == 0) kill(getpid(), SIGKILL);
  if (strncmp(what, "power:", 6) == 0) cut_power(what + 6);
  if (strncmp(what, "short:", 6) == 0) {
    errno = ENOSPC;
    return strcmp(call, "write") == 0 ? (atomic_exchange(&short_done, 1) ? FAILS : IS_SHORT) : (strcmp(call, "unlink") == 0 ? GOES_ON : FAILS);
  }
  errno = strncmp(what, "errno:", 6) == 0 ? atoi(what + 6) : EIO;
  return FAILS;
}

static const char *path_of(int fd) {
  static __thread char path[4096];
  char link[64];
  int kept = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (size < 0) return NULL;
  path[size] = 0;
  return path;
}

static size_t short_size(size_t size) {
  const char *what = getenv("FAULT_DO");
  size_t wanted = what ? (size_t)atoi(what + 6) : 0;
  return wanted < size ? wanted : size;
}

int fsync(int fd) {
  if (meets("fsync", path_of(fd))) return -1;
  return real_fsync(fd);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return meets("fsync", path_of(fd)) ? -1 : real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
  int met = fd > 2 ? meets("write", path_of(fd)) : GOES_ON;
  if (met == FAILS) return -1;
  return real_write(fd, data, met == IS_SHORT ? short_size(size) : size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
  REAL(pwrite64);
  int met = fd > 2 ? meets("write", path_of(fd)) : GOES_ON;
  if (met == FAILS) return -1;
  return real(fd, data, met == IS_SHORT ? short_size(size) : size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  return fd > 2 && meets("write", path_of(fd)) == FAILS ? -1 : real(fd, parts, count);
}

int ftruncate64(int fd, off_t size) {
  REAL(ftruncate64);
  return meets("truncate", path_of(fd)) ? -1 : real(fd, size);
}

int fchmod(int fd, mode_t mode) {
  REAL(fchmod);
  return meets("chmod", path_of(fd)) ? -1 : real(fd, mode);
}

int chmod(const char *path, mode_t mode) {
  REAL(chmod);
  return meets("chmod", path) ? -1 : real(path, mode);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  return meets("rename", to) ? -1 : real(from, to);
}

int link(const char *from, const char *to) {
  REAL(link);
  if (getenv("FAULT_NO_LINKS")) {
    errno = EPERM;
    return -1;
  }
  return meets("link", to) ? -1 : real(from, to);
}

int symlink(const char *from, const char *to) {
  REAL(symlink);
  return meets("link", to) ? -1 : real(from, to);
}

int unlink(const char *path) {
  REAL(unlink);
  return meets("unlink", path) ? -1 : real(path);
}

int rmdir(const char *path) {
  REAL(rmdir);
  return meets("rmdir", path) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  return meets("mkdir", path) ? -1 : real(path, mode);
}

char *mkdtemp(char *path) {
  REAL(mkdtemp);
  return meets("mkdir", path) ? NULL : real(path);
}

static int meets_open(const char *path, int flags) {
  if (flags & (O_CREAT | O_WRONLY | O_RDWR)) return meets("open", path);
  return getenv("FAULT_READS") ? meets("read", path) : GOES_ON;
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = va_arg(more, int);
  va_end(more);
  return meets_open(path, flags) ? -1 : real_open(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = va_arg(more, int);
  va_end(more);
  return meets_open(path, flags) ? -1 : real_open(path, flags, mode);
}
