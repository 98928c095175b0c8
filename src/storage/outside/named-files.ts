import { accessSync, constants, lstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { dirname, win32 } from 'node:path';
import { isOddName } from '../../core/text/portable-file-name.ts';
import { pause } from '../system/pause.ts';
import { codeOf, fault, isBrokenName, problemOf, readFault, writeProblem } from '../fs/problems.ts';
import { closeIgnoringErrors } from '../fs/ignore-errors.ts';
import { decode, readLimit, tooLarge, tryReadWhole, type ReadText } from '../fs/read-file.ts';
import { openWriter, type WriterNeeds } from '../fs/write-file.ts';

const noWait = constants.O_NONBLOCK ?? 0;
/** Milliseconds. */
const beginsWithin = 200;

/**
 * Reads all of a stream as UTF-8, as much as is read of a file and no more; `place` is what a Problem calls
 * it.
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
 * Reads a file that the person named, behind a link too, and what a shell puts in the place of one: `<(…)` is
 * a pipe, read to its end. One that nobody writes to is empty.
 */
export function readNamed(path: string): string {
  const stat = lookAt(path);
  const isPipe = stat !== undefined && (stat.isFIFO() || stat.isCharacterDevice());
  const read = isPipe ? readPipe(path, stat.isFIFO()) : tryReadWhole(path, { follow: true });
  if (read.is === 'text') return read.text;
  if (read.fault.key === 'storage.read-missing' && isBrokenName(path))
    throw problemOf(fault('storage.read-name', { path }));
  throw problemOf(
    read.fault.key === 'storage.read-not-file' ? fault('storage.named-not-file', { path }) : read.fault,
  );
}

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // Whoever reads it says why not.
    return undefined;
  }
}

function readPipe(path: string, mayBegin: boolean): ReadText {
  const chunks: Buffer[] = [];
  let length = 0;
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | noWait);
    // Whoever was waiting for a reader writes a moment later.
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
 * Writes a new private file that the person named. False when there is one already. Throws a Problem for a
 * name that Windows, where it is the system, takes for something else: what is written to a device is
 * nowhere.
 */
export function writeNamed(needs: WriterNeeds, path: string, text: string): boolean {
  refuseName(path, needs.windows === true);
  return openWriter(needs).add(path, text);
}

/**
 * Looks whether `writeNamed` could write a file at this absolute path, and writes nothing: false when there
 * is one already. Throws the Problem that writing would meet, as far as that can be seen before.
 */
export function mayWriteNamed(path: string, windows: boolean): boolean {
  refuseName(path, windows);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    // The folders that are not there yet are made with the file.
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

/** Undefined when there is nothing yet. */
function tryRead(file: number, chunk: Buffer): number | undefined {
  try {
    return readSync(file, chunk);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
