#!/usr/bin/python3
"""A file system that passes everything on to a folder, but for what other systems do otherwise.

names.py FOLDER MOUNT OPTION,OPTION…

  ci         names differ by their letters, not by capitals (macOS, Windows)
  nfd        names are kept and listed decomposed (old macOS)
  apfs       names differ by what they mean, however they are composed (macOS)
  busy=N     the first N renames fail with EBUSY, as while a syncing program or a virus scanner reads
  nolinks    there are no second names (FAT, some network disks)
  nofoldersync  folders can't be synced (some network disks)
"""
import errno
import os
import sys
import unicodedata

from fusepy import FUSE, FuseOSError, Operations


class Names(Operations):
    def __init__(self, root, options):
        self.root = root
        self.options = options
        self.busy = next((int(one[5:]) for one in options if one.startswith('busy=')), 0)

    def key(self, name):
        if 'nfd' in self.options or 'apfs' in self.options:
            name = unicodedata.normalize('NFD', name)
        return name.casefold() if 'ci' in self.options else name

    def real(self, path):
        at = self.root
        for part in (one for one in path.split('/') if one):
            name = unicodedata.normalize('NFD', part) if 'nfd' in self.options else part
            try:
                name = next((one for one in os.listdir(at) if self.key(one) == self.key(part)), name)
            except OSError:
                pass
            at = os.path.join(at, name)
        return at

    def getattr(self, path, fh=None):
        stat = os.lstat(self.real(path))
        return {name: getattr(stat, name) for name in ('st_atime', 'st_ctime', 'st_gid', 'st_mode', 'st_mtime', 'st_nlink', 'st_size', 'st_uid', 'st_ino')}

    def readdir(self, path, fh):
        return ['.', '..'] + os.listdir(self.real(path))

    def access(self, path, mode):
        if not os.access(self.real(path), mode):
            raise FuseOSError(errno.EACCES)

    def rename(self, old, new):
        if self.busy > 0:
            self.busy -= 1
            raise FuseOSError(errno.EBUSY)
        os.rename(self.real(old), self.real(new))

    def link(self, target, source):
        if 'nolinks' in self.options:
            raise FuseOSError(errno.EPERM)
        os.link(self.real(source), self.real(target))

    def create(self, path, mode, fi=None):
        return os.open(self.real(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def open(self, path, flags):
        return os.open(self.real(path), flags & ~os.O_NOFOLLOW)

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        os.truncate(self.real(path), length)

    def fsync(self, path, datasync, fh):
        os.fsync(fh)

    def fsyncdir(self, path, datasync, fh):
        if 'nofoldersync' in self.options:
            raise FuseOSError(errno.EINVAL)

    def flush(self, path, fh):
        return 0

    def release(self, path, fh):
        os.close(fh)

    def chmod(self, path, mode):
        os.chmod(self.real(path), mode)

    def chown(self, path, uid, gid):
        os.chown(self.real(path), uid, gid)

    def mkdir(self, path, mode):
        os.mkdir(self.real(path), mode)

    def rmdir(self, path):
        os.rmdir(self.real(path))

    def unlink(self, path):
        os.unlink(self.real(path))

    def utimens(self, path, times=None):
        os.utime(self.real(path), times)

    def statfs(self, path):
        stat = os.statvfs(self.real(path))
        return {name: getattr(stat, name) for name in ('f_bavail', 'f_bfree', 'f_blocks', 'f_bsize', 'f_files', 'f_ffree', 'f_frsize', 'f_namemax')}


FUSE(Names(sys.argv[1], set(sys.argv[3].split(','))), sys.argv[2], nothreads=True, foreground=True, attr_timeout=0, entry_timeout=0)
