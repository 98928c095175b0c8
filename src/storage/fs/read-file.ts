import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { codeOf, fault, problemOf, readFault, type StorageFault } from './problems.ts';

/** The size in bytes of the largest plaintext file that the program reads. */
export const readLimit = 2 * 1024 * 1024;
/**
 * The size in bytes of the largest encrypted file that the program reads. Encryption makes a text of
 * `readLimit` slightly longer; armor then adds about a third.
 */
export const encryptedLimit = 3 * 1024 * 1024;
const firstPart = 4096;
const maxHead = 64 * 1024;

// Windows has neither flag; there `lstatSync` detects links.
const noFollow = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

/** The text of a file, or why it could not be read. */
export type ReadText =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/** The bytes of a file, or why it could not be read. */
export type ReadBytes =
  | { readonly is: 'bytes'; readonly bytes: Buffer }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * The first `length` bytes of a file, in a shared buffer: valid until the next read. `whole` is true when the
 * file has no more bytes. `size` is at least `length`, and above `readLimit` if the file is larger than that.
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

/** Reads a whole file as strict UTF-8, including a BOM. Throws a Problem when that fails. */
export function readWhole(path: string, options: { readonly follow?: boolean } = {}): string {
  const read = tryReadWhole(path, options);
  if (read.is === 'fault') throw problemOf(read.fault);
  return read.text;
}

/** Reads like `readWhole`; returns undefined when there is no such file. */
export function readIfThere(path: string, options: { readonly follow?: boolean } = {}): string | undefined {
  const read = tryReadWhole(path, options);
  if (read.is === 'text') return read.text;
  if (read.fault.key === 'storage.read-missing') return undefined;
  throw problemOf(read.fault);
}

/**
 * Reads a whole regular file of at most `limit` bytes (default `readLimit`) as strict UTF-8. Follows links
 * only with `follow`. Returns a fault when that fails.
 */
export function tryReadWhole(
  path: string,
  options: { readonly follow?: boolean; readonly limit?: number } = {},
): ReadText {
  const read = tryReadBytes(path, options);
  return read.is === 'bytes' ? decode(read.bytes, path) : read;
}

/** Decodes bytes as strict UTF-8 and keeps a BOM. The fault for other bytes names `path`. */
export function decode(bytes: Uint8Array, path: string): ReadText {
  return isUtf8(bytes)
    ? { is: 'text', text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') }
    : { is: 'fault', fault: fault('storage.read-not-text', { path }) };
}

/**
 * Reads a whole regular file of at most `limit` bytes (default `readLimit`). Follows links only with
 * `follow`. Returns a fault when that fails.
 */
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
    // One byte more than the size, so that a file that grows during the read is not cut off.
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
 * Reads a regular file line by line as strict UTF-8 and passes each line, without its \n, to `take`. Keeps
 * only one line and one chunk of 1 MB in memory, so the file may be far larger than `readLimit`. Does not
 * follow links. Returns a fault when the file can't be read, is larger than `limit` bytes or is not UTF-8;
 * `take` may have received lines before that.
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
    let partialLine: Buffer[] = [];
    for (let length = 0; ;) {
      const count = readSync(file, chunk, 0, chunk.length, null);
      length += count;
      if (length > limit) return tooLarge(path);
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0 && end < count; end = chunk.indexOf(10, from)) {
        const line = decode(Buffer.concat([...partialLine, chunk.subarray(from, end)]), path);
        if (line.is === 'fault') return line.fault;
        take(line.text);
        partialLine = [];
        from = end + 1;
      }
      if (count > from) partialLine.push(Buffer.from(chunk.subarray(from, count)));
      if (count > 0) continue;
      const last = decode(Buffer.concat(partialLine), path);
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

/** Returns the fault for a file that is too large; its message gives `readLimit` in MB. */
export function tooLarge(path: string): StorageFault {
  return fault('storage.read-too-large', { path, limit: readLimit / 1024 / 1024 });
}

/**
 * Returns a function that reads the beginning of a regular file into a buffer that all calls share. The
 * function `read(path, isEnough)` reads 4 KB, and reads on up to 64 KB while `isEnough(bytes, length)`
 * returns false. It returns a fault for a link, and never blocks on a FIFO.
 */
export function openHeadReader(): (
  path: string,
  isEnough: (bytes: Buffer, length: number) => boolean,
) => ReadHead {
  let buffer = Buffer.allocUnsafeSlow(firstPart);
  const byteAtLimit = Buffer.alloc(1);
  return (path, isEnough) => {
    let file: number | undefined;
    try {
      file = openSync(path, constants.O_RDONLY | noWait | noFollow);
      let length = readSync(file, buffer, 0, firstPart, 0);
      // The caller has checked that this is a regular file. A file this short needs no `fstat` for its size.
      if (length < firstPart) return { is: 'head', bytes: buffer, length, whole: true, size: length };
      // The rest of a long note is not needed. To find out whether the file is too large, reading the byte at
      // the limit is quicker than `fstat`.
      if (isEnough(buffer, length)) {
        const isTooLarge = readSync(file, byteAtLimit, 0, 1, readLimit) > 0;
        return { is: 'head', bytes: buffer, length, whole: false, size: isTooLarge ? readLimit + 1 : length };
      }
      const { size } = fstatSync(file);
      while (length < size && length < maxHead && !isEnough(buffer, length)) {
        if (buffer.length < maxHead) buffer = Buffer.concat([buffer], maxHead);
        const count = readSync(file, buffer, length, maxHead - length, length);
        if (count === 0) break;
        length += count;
      }
      // Returns the buffer and a length because making a view (`subarray`) takes longer than the read.
      return { is: 'head', bytes: buffer, length, whole: length >= size, size };
    } catch (error) {
      return { is: 'fault', fault: readFault(path, error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

/**
 * Whether anything exists at `path`, including a dangling link. Throws a Problem when that can't be found
 * out.
 */
export function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw problemOf(readFault(path, error));
  }
}
