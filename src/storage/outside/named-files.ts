import { accessSync, constants, lstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { dirname, win32 } from 'node:path';
import { isOddName } from '../../core/text/portable-file-name.ts';
import { pause } from '../system/pause.ts';
import { codeOf, fault, isBrokenName, problemOf, readFault, writeProblem } from '../fs/problems.ts';
import { closeIgnoringErrors } from '../fs/ignore-errors.ts';
import { decode, readLimit, tooLarge, tryReadWhole, type ReadText } from '../fs/read-file.ts';
import { openWriter, type WriterNeeds } from '../fs/write-file.ts';

const noWait = constants.O_NONBLOCK ?? 0;
/** Milliseconds to wait for a pipe's writer to begin. */
const beginsWithin = 200;

/**
 * Reads a whole stream as UTF-8. Throws a Problem that names `place` if the stream exceeds the size limit of
 * files or is not UTF-8.
 */
export async function readAll(input: NodeJS.ReadableStream, place: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > readLimit) throw problemOf(tooLarge(place));
    chunks.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw problemOf(fault('storage.read-not-text', { path: place }), { cause });
  }
}

/**
 * Reads a file that the person named. Follows links, and reads a pipe to its end, since a shell passes `<(…)`
 * as a pipe. A pipe without a writer is empty. Throws a Problem if the file can't be read.
 */
export function readNamed(path: string): string {
  const stat = tryStat(path);
  const isPipe = stat !== undefined && (stat.isFIFO() || stat.isCharacterDevice());
  const read = isPipe ? readPipe(path, stat.isFIFO()) : tryReadWhole(path, { follow: true });
  if (read.is === 'text') return read.text;
  if (read.fault.key === 'storage.read-missing' && isBrokenName(path))
    throw problemOf(fault('storage.read-name', { path }));
  throw problemOf(
    read.fault.key === 'storage.read-not-file' ? fault('storage.named-not-file', { path }) : read.fault,
  );
}

function tryStat(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // Reading the file reports the reason.
    return undefined;
  }
}

function readPipe(path: string, mayBegin: boolean): ReadText {
  const chunks: Buffer[] = [];
  let length = 0;
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | noWait);
    // A writer that was waiting for a reader begins a moment later.
    for (let waited = 0; ;) {
      const chunk = Buffer.alloc(65_536);
      const count = tryRead(file, chunk);
      if (count === 0 && !(mayBegin && length === 0 && waited < beginsWithin)) break;
      if (count === 0 || count === undefined) {
        pause(10);
        if (count === 0) waited += 10;
        continue;
      }
      length += count;
      if (length > readLimit) return { is: 'fault', fault: tooLarge(path) };
      chunks.push(chunk.subarray(0, count));
    }
    return decode(Buffer.concat(chunks), path);
  } catch (error) {
    return { is: 'fault', fault: readFault(path, error) };
  } finally {
    if (file !== undefined) closeIgnoringErrors(file);
  }
}

/**
 * Writes a new private file that the person named. Returns false if the file exists. Throws a Problem on
 * Windows for a reserved name, since text written to a device is lost.
 */
export function writeNamed(needs: WriterNeeds, path: string, text: string): boolean {
  refuseName(path, needs.windows === true);
  return openWriter(needs).add(path, text);
}

/**
 * Checks, without writing, whether `writeNamed` could write a file at this absolute path. Returns false if
 * the file exists. Throws the Problem that writing would throw, as far as it can be foreseen.
 */
export function mayWriteNamed(path: string, windows: boolean): boolean {
  refuseName(path, windows);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    // Missing folders are created with the file, so check the nearest existing one.
    let folder = dirname(path);
    const isMissing = (): boolean => statSync(folder, { throwIfNoEntry: false }) === undefined;
    while (isMissing() && dirname(folder) !== folder) folder = dirname(folder);
    accessSync(`${folder}/.`, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    throw writeProblem(path, error);
  }
}

function refuseName(path: string, windows: boolean): void {
  if (windows && isOddName(win32.basename(path))) throw problemOf(fault('storage.name-odd', { path }));
  if (isBrokenName(path)) throw problemOf(fault('storage.read-name', { path }));
}

/** Returns the number of bytes read (0 at the end), or undefined if no data is available yet. */
function tryRead(file: number, chunk: Buffer): number | undefined {
  try {
    return readSync(file, chunk);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
