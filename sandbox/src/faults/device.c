/*
 * A disk that fails when it is told to. Loaded before the C library of a program (LD_PRELOAD), it stands between the program and
 * every file whose path begins with COMITY_FAULT_UNDER, and looks for three files in the folder COMITY_FAULT_SWITCHES:
 *
 *   full   nothing new fits: a write past the end of a file fails with ENOSPC, and so does reserving room
 *   torn   the same, but the first half of the write gets onto the disk, in blocks of 512 bytes
 *   sync   what was written is never known to be on the disk: fsync and its kin fail with EIO
 *
 * Overwriting what is there goes on, as on a real full disk. Everything else is left to the C library.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether a switch is on and the file is one that the disk holds. */
static int fails(const char *name, int fd) {
  const char *switches = getenv("COMITY_FAULT_SWITCHES");
  const char *under = getenv("COMITY_FAULT_UNDER");
  char path[PATH_MAX];
  char link[64];
  int kept = errno;
  ssize_t length;
  if (switches == NULL || under == NULL) return 0;
  snprintf(path, sizeof path, "%s/%s", switches, name);
  if (access(path, F_OK) != 0) {
    errno = kept;
    return 0;
  }
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, under, strlen(under)) == 0;
}

/* How many of so many bytes at a place the disk takes: all, or, when it is full, none beyond the end of the file. -1: no room at all. */
static ssize_t room(int fd, size_t count, off_t offset) {
  struct stat file;
  int torn = fails("torn", fd);
  if (count == 0 || (!torn && !fails("full", fd))) return (ssize_t)count;
  if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) return (ssize_t)count;
  if (offset < 0) offset = (fcntl(fd, F_GETFL) & O_APPEND) ? file.st_size : lseek(fd, 0, SEEK_CUR);
  if (offset + (off_t)count <= file.st_size) return (ssize_t)count;
  if (offset < file.st_size) return (ssize_t)(file.st_size - offset);
  if (torn && count >= 1024) return (ssize_t)(count / 2 / 512 * 512);
  errno = ENOSPC;
  return -1;
}

static ssize_t spread(int fd, const struct iovec *parts, int count, off_t offset) {
  ssize_t done = 0;
  for (int i = 0; i < count; i++) {
    ssize_t wrote = offset < 0 ? write(fd, parts[i].iov_base, parts[i].iov_len)
                               : pwrite(fd, parts[i].iov_base, parts[i].iov_len, offset + done);
    if (wrote < 0) return done > 0 ? done : -1;
    done += wrote;
    if ((size_t)wrote < parts[i].iov_len) break;
  }
  return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t fits = room(fd, count, -1);
  return fits < 0 ? -1 : NEXT(write)(fd, bytes, (size_t)fits);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  ssize_t fits = room(fd, count, offset);
  return fits < 0 ? -1 : NEXT(pwrite)(fd, bytes, (size_t)fits, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return pwrite(fd, bytes, count, offset); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!fails("full", fd) && !fails("torn", fd)) return NEXT(writev)(fd, parts, count);
  return spread(fd, parts, count, -1);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  if (!fails("full", fd) && !fails("torn", fd)) return NEXT(pwritev)(fd, parts, count, offset);
  return spread(fd, parts, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev(fd, parts, count, offset); }

ssize_t copy_file_range(int from, off_t *read, int to, off_t *written, size_t count, unsigned int flags) {
  if (fails("full", to) || fails("torn", to)) {
    errno = ENOSPC;
    return -1;
  }
  return NEXT(copy_file_range)(from, read, to, written, count, flags);
}

int posix_fallocate(int fd, off_t offset, off_t length) {
  return fails("full", fd) || fails("torn", fd) ? ENOSPC : NEXT(posix_fallocate)(fd, offset, length);
}

int posix_fallocate64(int fd, off_t offset, off_t length) { return posix_fallocate(fd, offset, length); }

int fallocate(int fd, int mode, off_t offset, off_t length) {
  if (fails("full", fd) || fails("torn", fd)) {
    errno = ENOSPC;
    return -1;
  }
  return NEXT(fallocate)(fd, mode, offset, length);
}

static int broken(int fd) {
  if (!fails("sync", fd)) return 0;
  errno = EIO;
  return 1;
}

int fsync(int fd) { return broken(fd) ? -1 : NEXT(fsync)(fd); }

int fdatasync(int fd) { return broken(fd) ? -1 : NEXT(fdatasync)(fd); }

int syncfs(int fd) { return broken(fd) ? -1 : NEXT(syncfs)(fd); }

int sync_file_range(int fd, off_t offset, off_t length, unsigned int flags) {
  return broken(fd) ? -1 : NEXT(sync_file_range)(fd, offset, length, flags);
}
