import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { codeOf, fault, problemOf, readFault, type StorageFault } from './problems.ts';

/** The largest file that is read, in bytes; nothing larger is ever written. */
export const readLimit = 2 * 1024 * 1024;
/**
 * The largest sealed file: a text of the size above is a little longer when it is sealed, and half as long
 * again where it is armored.
 */
export const encryptedLimit = 3 * 1024 * 1024;
const firstPart = 4096;
const mostHead = 64 * 1024;

// Windows knows neither; there a link is found by lstat.
const noFollow = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

export type ReadText =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'fault'; readonly fault: StorageFault };

export type ReadBytes =
  | { readonly is: 'bytes'; readonly bytes: Buffer }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * The first `length` bytes of a file, valid until the next head is read; `whole` when there are no more.
 * `size` is at least so many bytes, and past `readLimit` where the file is.
 */
export type ReadHead =
  | {
      readonly is: 'head';
      readonly bytes: Buffer;
      readonly length: number;
      readonly whole: boolean;
      readonly size: number;
    }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/** Reads a whole file as strict UTF-8, a BOM kept. Throws a Problem that says why not. */
export function readWhole(path: string, options: { readonly follow?: boolean } = {}): string {
  const read = tryReadWhole(path, options);
  if (read.is === 'fault') throw problemOf(read.fault);
  return read.text;
}

/** Reads like `readWhole`; undefined when there is no such file. */
export function readIfThere(path: string, options: { readonly follow?: boolean } = {}): string | undefined {
  const read = tryReadWhole(path, options);
  if (read.is === 'text') return read.text;
  if (read.fault.key === 'storage.read-missing') return undefined;
  throw problemOf(read.fault);
}

/**
 * Reads a whole regular file of at most `limit` bytes as strict UTF-8; links are followed only when said so.
 */
export function tryReadWhole(
  path: string,
  options: { readonly follow?: boolean; readonly limit?: number } = {},
): ReadText {
  const read = tryReadBytes(path, options);
  return read.is === 'bytes' ? decode(read.bytes, path) : read;
}

/** Gives bytes as strict UTF-8, a BOM kept; `path` is what the fault names. */
export function decode(bytes: Uint8Array, path: string): ReadText {
  return isUtf8(bytes)
    ? { is: 'text', text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') }
    : { is: 'fault', fault: fault('storage.read-not-text', { path }) };
}

/** Reads the bytes of a whole regular file of at most `limit`; links are followed only when said so. */
export function tryReadBytes(
  path: string,
  { follow = false, limit = readLimit }: { readonly follow?: boolean; readonly limit?: number } = {},
): ReadBytes {
  let file: number | undefined;
  try {
    if (!follow && noFollow === 0 && lstatSync(path).isSymbolicLink())
      return { is: 'fault', fault: fault('storage.read-link', { path }) };
    file = openSync(path, constants.O_RDONLY | noWait | (follow ? 0 : noFollow));
    const stat = fstatSync(file);
    if (!stat.isFile()) return { is: 'fault', fault: fault('storage.read-not-file', { path }) };
    if (stat.size > limit) return { is: 'fault', fault: tooLarge(path) };
    // One byte more than there was, so that a file that grows meanwhile is not cut.
    let bytes = Buffer.allocUnsafe(stat.size + 1);
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, null);
      if (count === 0) break;
      length += count;
      if (length > limit) return { is: 'fault', fault: tooLarge(path) };
      if (length === bytes.length) bytes = Buffer.concat([bytes], bytes.length + 65_536);
    }
    return { is: 'bytes', bytes: bytes.subarray(0, length) };
  } catch (error) {
    return { is: 'fault', fault: readFault(path, error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

type TakeLine = (line: string) => void;

/**
 * Reads a regular file line by line as strict UTF-8 and hands each line to `take`, without its \n. Never
 * holds more than one line, so that a file may be far larger than `readLimit`. Links are not followed.
 * Gives the fault where the file cannot be read, is larger than `limit` bytes or is no text; lines may have
 * been taken before it was found.
 */
export function tryReadLines(path: string, limit: number, take: TakeLine): StorageFault | undefined {
  let file: number | undefined;
  try {
    if (noFollow === 0 && lstatSync(path).isSymbolicLink()) return fault('storage.read-link', { path });
    file = openSync(path, constants.O_RDONLY | noWait | noFollow);
    const stat = fstatSync(file);
    if (!stat.isFile()) return fault('storage.read-not-file', { path });
    if (stat.size > limit) return tooLarge(path);
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    let begun: Buffer[] = [];
    for (let length = 0; ;) {
      const count = readSync(file, chunk, 0, chunk.length, null);
      length += count;
      if (length > limit) return tooLarge(path);
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0 && end < count; end = chunk.indexOf(10, from)) {
        const line = decode(Buffer.concat([...begun, chunk.subarray(from, end)]), path);
        if (line.is === 'fault') return line.fault;
        take(line.text);
        begun = [];
        from = end + 1;
      }
      if (count > from) begun.push(Buffer.from(chunk.subarray(from, count)));
      if (count > 0) continue;
      const last = decode(Buffer.concat(begun), path);
      if (last.is === 'fault') return last.fault;
      if (last.text !== '') take(last.text);
      return undefined;
    }
  } catch (error) {
    return readFault(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Says that a file is past the limit, in MB. */
export function tooLarge(path: string): StorageFault {
  return fault('storage.read-too-large', { path, limit: readLimit / 1024 / 1024 });
}

/**
 * Opens a reader of beginnings of regular files (a link is refused, a FIFO never waits) that uses one buffer
 * again and again: `read(path, isEnough)` gives the first 4 KB, and reads on up to 64 KB while `isEnough`
 * says that the end it looks for is not in them.
 */
export function openHeadReader(): (
  path: string,
  isEnough: (bytes: Buffer, length: number) => boolean,
) => ReadHead {
  let buffer = Buffer.allocUnsafeSlow(firstPart);
  const beyond = Buffer.alloc(1);
  return (path, isEnough) => {
    let file: number | undefined;
    try {
      file = openSync(path, constants.O_RDONLY | noWait | noFollow);
      let length = readSync(file, buffer, 0, firstPart, 0);
      // The caller has seen that it is a regular file; only a longer one has to be measured.
      if (length < firstPart) return { is: 'head', bytes: buffer, length, whole: true, size: length };
      // Most of a long note is not needed: whether it is past all bounds is asked by its byte there, which is
      // quicker told than its size.
      if (isEnough(buffer, length)) {
        const isPast = readSync(file, beyond, 0, 1, readLimit) > 0;
        return { is: 'head', bytes: buffer, length, whole: false, size: isPast ? readLimit + 1 : length };
      }
      const { size } = fstatSync(file);
      while (length < size && length < mostHead && !isEnough(buffer, length)) {
        if (buffer.length < mostHead) buffer = Buffer.concat([buffer], mostHead);
        const count = readSync(file, buffer, length, mostHead - length, length);
        if (count === 0) break;
        length += count;
      }
      // A view for each file costs more than reading it.
      return { is: 'head', bytes: buffer, length, whole: length >= size, size };
    } catch (error) {
      return { is: 'fault', fault: readFault(path, error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

/** Says whether there is something at `path`, a dangling link included. */
export function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw problemOf(readFault(path, error));
  }
}
