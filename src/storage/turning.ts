import { openWith, sealFor, type HeldKey } from './age.ts';
import { fault, problemOf, type StorageFault } from './problems.ts';
import { sealedLimit, tryReadBytes } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import { sealedName } from './sealed-name.ts';
import { sealFault } from './texts.ts';

export interface TurningNeeds {
  readonly writer: Writer;
  readonly locked: <T>(work: () => T) => T;
  /** The first is the one that is sealed for. */
  readonly keys: readonly HeldKey[];
}

/**
 * Seals one file: the sealed one is written beside it, read back, opened and compared before the clear one goes, so that at every instant one of the two can be read.
 * Gives why not, when both are left as they are.
 */
export async function sealFile(needs: TurningNeeds, path: string): Promise<StorageFault | undefined> {
  const { writer, locked, keys: [key] } = needs;
  if (key === undefined) throw new Error('there is no key to seal for');
  const read = tryReadBytes(path, { limit: sealedLimit });
  if (read.is === 'fault') return read.fault.key === 'storage.read-missing' ? undefined : read.fault;
  const target = sealedName(path);
  const sealed = await sealFor(key.recipient, read.bytes);
  // Where it is there already an earlier run was ended here, or they are two.
  locked(() => writer.add(target, sealed));
  const back = await openFile(needs, target);
  if (back.is === 'fault') return back.fault;
  return replaced(needs, path, read.bytes, back.bytes, target);
}

/** Opens one file for good, in the same order. */
export async function openForGood(needs: TurningNeeds, path: string, target: string): Promise<StorageFault | undefined> {
  const { writer, locked } = needs;
  const opened = await openFile(needs, path);
  if (opened.is === 'fault') return opened.fault.key === 'storage.read-missing' ? undefined : opened.fault;
  locked(() => writer.add(target, opened.bytes));
  const back = tryReadBytes(target, { limit: sealedLimit });
  if (back.is === 'fault') return back.fault;
  return replaced(needs, path, opened.sealed, back.bytes, target, opened.bytes);
}

/** Seals one file for the first key where it is sealed for another of them. */
export async function resealFile(needs: TurningNeeds, path: string): Promise<StorageFault | undefined> {
  const { writer, locked, keys: [key] } = needs;
  if (key === undefined) throw new Error('there is no key to seal for');
  const newest = { ...needs, keys: [key] };
  for (;;) {
    if ((await openFile(newest, path)).is === 'opened') return undefined;
    const opened = await openFile(needs, path);
    if (opened.is === 'fault') return opened.fault.key === 'storage.read-missing' ? undefined : opened.fault;
    const sealed = await sealFor(key.recipient, opened.bytes);
    const proof = await openWith([key], sealed);
    if (proof.is !== 'bytes' || !Buffer.from(proof.bytes).equals(opened.bytes)) throw new Error('what was sealed does not open');
    // Changed meanwhile: once more with what is there now.
    if (!locked(() => writer.replace(path, sealed, opened.sealed))) continue;
    const back = await openFile(newest, path);
    return back.is === 'fault' ? back.fault : undefined;
  }
}

type OpenedFile = { readonly is: 'opened'; readonly bytes: Buffer; readonly sealed: Buffer } | { readonly is: 'fault'; readonly fault: StorageFault };

async function openFile({ keys }: TurningNeeds, path: string): Promise<OpenedFile> {
  const read = tryReadBytes(path, { limit: sealedLimit });
  if (read.is === 'fault') return read;
  const opened = await openWith(keys, read.bytes);
  return opened.is === 'bytes' ? { is: 'opened', bytes: Buffer.from(opened.bytes), sealed: read.bytes } : { is: 'fault', fault: sealFault(opened.is, path) };
}

/** Removes a file whose other form is proved; one that was changed meanwhile, or differs, stays. */
function replaced({ writer, locked }: TurningNeeds, path: string, was: Buffer, other: Buffer, target: string, expected = was): StorageFault | undefined {
  return locked(() => {
    const now = tryReadBytes(path, { limit: sealedLimit });
    if (now.is === 'fault') return now.fault.key === 'storage.read-missing' ? undefined : now.fault;
    if (!now.bytes.equals(was) || !other.equals(expected)) return fault('storage.two-versions', { path, other: target });
    if (!writer.remove(path)) throw problemOf(fault('storage.read-missing', { path }));
    return undefined;
  });
}
