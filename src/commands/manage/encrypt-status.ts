import { Exit, Problem } from '../../errors.ts';
import type { EncryptionStatus, World } from '../../world/world.ts';

/** Says how it stands with the sealing of the folder. Nothing is opened and nothing is asked. */
export async function encryptStatus(world: World): Promise<Exit> {
  const { words, out } = world;
  const status = (await world.openEncryption()).status();
  for (const line of linesOf(world, status)) out.wrapped(line);
  if (status.state === 'off' && status.encryptedCount === 0) return Exit.done;
  for (const path of status.plaintext.slice(0, mostNamed))
    out.wrapped(words('encrypt.status.clear_row', { path }));
  return Exit.done;
}

const mostNamed = 20;

function linesOf(
  { words, folder }: World,
  { state, hasKey, encryptedCount: sealed, plaintext: clear, advertised, pinned }: EncryptionStatus,
): readonly string[] {
  const isSealed = state !== 'off';
  return [
    words(`encrypt.status.${state}`, { folder: folder() }),
    words('encrypt.status.sealed', { n: sealed }),
    words('encrypt.status.clear', { n: clear.length }),
    ...(isSealed && !hasKey ? [words('encrypt.status.no_key')] : []),
    ...(advertised === undefined ? [] : [words('encrypt.status.told', { recipient: advertised })]),
    ...(isSealed && pinned === undefined ? [words('encrypt.status.not_pinned')] : []),
    ...(isSealed && pinned !== undefined && pinned === advertised ? [words('encrypt.status.pinned')] : []),
    ...(isSealed && pinned !== undefined && pinned !== advertised
      ? [words('encrypt.status.pinned_other', { recipient: pinned })]
      : []),
    ...(!isSealed && pinned !== undefined ? [words('encrypt.status.gone')] : []),
  ];
}

/** Asks for the passphrase, and seals for the key that it opens from now on, on this machine. */
export async function encryptTrust(world: World): Promise<Exit> {
  const { words, messages: talk } = world;
  const encryption = await world.openEncryption();
  await encryption.settle();
  const came = await encryption.trust();
  if (came === 'nothing') throw new Problem('encrypt.unsealed');
  talk.say(words(came === 'pinned' ? 'encrypt.trusted' : 'encrypt.forgotten'));
  return Exit.done;
}
