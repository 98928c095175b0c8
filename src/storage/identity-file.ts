import { openByPassphrase, readIdentities, sealByPassphrase, type HeldKey } from './age.ts';
import type { KeyFiles } from './key-files.ts';
import { fault, problemOf } from './problems.ts';
import { tryReadBytes } from './safe-read.ts';
import type { Writer } from './safe-write.ts';

export interface IdentityNeeds {
  readonly files: KeyFiles;
  readonly writer: Writer;
  /** The power of two of the work that the passphrase takes. */
  readonly cost: number;
}

/** Writes the key of a folder that has none, and proves by reading it back that the passphrase opens it. Throws a Problem when there is one already. */
export async function addIdentity(needs: IdentityNeeds, identities: readonly string[], passphrase: string): Promise<void> {
  const { files, writer, cost } = needs;
  const path = files.identityPath;
  if (!writer.add(path, await sealByPassphrase(textOf(identities), passphrase, cost))) throw problemOf(fault('storage.name-taken', { path }));
  await prove(path, identities, passphrase);
}

/** Puts another file in the place of the key's; the new one is whole and was opened before. */
export async function replaceIdentity({ files, writer, cost }: IdentityNeeds, identities: readonly string[], passphrase: string): Promise<readonly HeldKey[]> {
  const fresh = `${files.identityPath}.new`;
  writer.put(fresh, await sealByPassphrase(textOf(identities), passphrase, cost));
  const keys = await prove(fresh, identities, passphrase);
  writer.move(fresh, files.identityPath);
  return keys;
}

async function prove(path: string, identities: readonly string[], passphrase: string): Promise<readonly HeldKey[]> {
  const read = tryReadBytes(path);
  const opened = read.is === 'bytes' ? await openByPassphrase(read.bytes, passphrase) : undefined;
  const keys = opened?.is === 'bytes' && Buffer.from(opened.bytes).toString() === textOf(identities) ? readIdentities(textOf(identities)) : undefined;
  if (keys === undefined) throw problemOf(fault('storage.key-damaged', { path }));
  return keys;
}

function textOf(identities: readonly string[]): string {
  return identities.map((identity) => `${identity}\n`).join('');
}
