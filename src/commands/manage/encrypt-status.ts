import { Exit, Problem } from '../../errors.ts';
import type {
  EncryptionStatus,
  WordsPort,
  OutputPort,
  SettingsPort,
  MaintenancePort,
} from '../../world/world.ts';

/** Prints whether the folder is encrypted, and the plaintext files. Decrypts nothing and asks nothing. */
export async function encryptStatus(
  world: WordsPort & OutputPort & SettingsPort & MaintenancePort,
): Promise<Exit> {
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
  { words, folder }: WordsPort & SettingsPort,
  { state, hasKey, encryptedCount, plaintext, advertised, pinned }: EncryptionStatus,
): readonly string[] {
  const isEncrypted = state !== 'off';
  return [
    words(`encrypt.status.${state}`, { folder: folder() }),
    words('encrypt.status.sealed', { n: encryptedCount }),
    words('encrypt.status.clear', { n: plaintext.length }),
    ...(isEncrypted && !hasKey ? [words('encrypt.status.no_key')] : []),
    ...(advertised === undefined ? [] : [words('encrypt.status.told', { recipient: advertised })]),
    ...(isEncrypted && pinned === undefined ? [words('encrypt.status.not_pinned')] : []),
    ...(isEncrypted && pinned !== undefined && pinned === advertised ? [words('encrypt.status.pinned')] : []),
    ...(isEncrypted && pinned !== undefined && pinned !== advertised
      ? [words('encrypt.status.pinned_other', { recipient: pinned })]
      : []),
    ...(!isEncrypted && pinned !== undefined ? [words('encrypt.status.gone')] : []),
  ];
}

/**
 * Asks for the passphrase and pins the key that it unlocks: from now on, this machine encrypts for that key
 * only. Throws a Problem if there is nothing to pin.
 */
export async function encryptTrust(world: WordsPort & OutputPort & MaintenancePort): Promise<Exit> {
  const { words, messages } = world;
  const encryption = await world.openEncryption();
  await encryption.settle();
  const outcome = await encryption.trust();
  if (outcome === 'nothing') throw new Problem('encrypt.unsealed');
  messages.say(words(outcome === 'pinned' ? 'encrypt.trusted' : 'encrypt.forgotten'));
  return Exit.done;
}
