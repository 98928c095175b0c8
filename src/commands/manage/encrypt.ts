import { Exit, Problem } from '../../errors.ts';
import { choosePassphrase } from '../../cli/passphrase/choose-passphrase.ts';
import { tellKey, tellTurned, turning } from '../../cli/passphrase/encryption-progress.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type { Encryption, Prompter, World } from '../../world/world.ts';

/**
 * Seals the notes: makes a key where there is none, then goes through the files; the same again finishes what
 * was ended.
 */
export async function encryptOn(world: World): Promise<Exit> {
  const { words, talk } = world;
  const encryption = await openSettled(world);
  const { hasKey, sealed, isWhole } = encryption.status();
  if (isWhole) {
    talk.say(words('encrypt.already', { n: sealed }));
    return Exit.done;
  }
  await encryption.check();
  if (hasKey) await encryption.unlock();
  else if (!(await newKey(world, encryption))) {
    talk.say(words('encrypt.stopped'));
    return Exit.done;
  }
  const turned = await turning(world, encryption.seal);
  const exit = tellTurned(world, turned, 'sealed');
  if (exit !== Exit.done) return exit;
  talk.say(words('encrypt.how_to_open', { folder: encryption.folder }));
  const survivors = encryption.survivors();
  talk.say(words('encrypt.survive'));
  if (survivors.length > 0)
    talk.say([words('encrypt.survive_in'), ...survivors.map(path => `- ${path}`)].join('\n'));
  return exit;
}

/** Opens all notes for good. */
export async function encryptOff(world: World, { yes }: { readonly yes?: boolean }): Promise<Exit> {
  const { words, talk } = world;
  const encryption = await world.openEncryption();
  if (encryption.status().state === 'off') {
    talk.say(words('encrypt.not_sealed'));
    return Exit.done;
  }
  talk.say(words('encrypt.undo_goes'));
  if (!(await isSure(world, words('encrypt.ask_off'), yes === true))) {
    talk.say(words('encrypt.stopped'));
    return Exit.done;
  }
  const turned = await turning(world, encryption.open);
  const exit = tellTurned(world, turned, 'opened');
  if (turned.key !== undefined) talk.say(words('encrypt.former_key', { path: turned.key }));
  return exit;
}

/** Makes a new key and seals everything for it. */
export async function encryptRotate(world: World): Promise<Exit> {
  const { words, talk } = world;
  const encryption = await openSettled(world);
  refuseUnsealed(encryption.status().state);
  talk.say(words('encrypt.undo_goes'));
  const turned = await turning(world, encryption.rotate);
  const exit = tellTurned(world, turned, 'resealed');
  if (exit === Exit.done) talk.say(words('encrypt.rotated'));
  return exit;
}

/** Encrypts the key with another passphrase. A change of the notes that was interrupted is finished first. */
export async function encryptPassphrase(world: World): Promise<Exit> {
  const { words, talk } = world;
  const encryption = await openSettled(world);
  const { state } = encryption.status();
  refuseUnsealed(state);
  await encryption.unlock();
  if (state !== 'on') {
    const exit = tellTurned(world, await turning(world, encryption.seal), 'sealed');
    if (exit !== Exit.done) return exit;
  }
  const changed = await withPrompter(world, async prompter => {
    const passphrase = await choosePassphrase(world, prompter);
    if (passphrase !== undefined) await encryption.change(passphrase);
    return passphrase !== undefined;
  });
  talk.say(words(changed ? 'encrypt.passphrase_changed' : 'encrypt.stopped'));
  return Exit.done;
}

async function newKey(world: World, encryption: Encryption): Promise<boolean> {
  return withPrompter(world, async prompter => {
    (prompter?.say ?? world.talk.say)(world.words('encrypt.before'));
    const passphrase = await choosePassphrase(world, prompter);
    if (passphrase === undefined) return false;
    const identity = await encryption.makeKey(passphrase);
    if (prompter !== undefined) await tellKey(world, prompter, identity);
    return true;
  });
}

async function openSettled(world: World): Promise<Encryption> {
  const encryption = await world.openEncryption();
  await encryption.settle();
  return encryption;
}

// Where the passphrase comes from a descriptor nobody is asked.
async function withPrompter<T>(
  world: World,
  work: (prompter: Prompter | undefined) => Promise<T>,
): Promise<T> {
  if (world.passphraseGiven !== undefined || !world.interactive) return work(undefined);
  const prompter = await world.openPrompter();
  try {
    return await work(prompter);
  } finally {
    prompter.close();
  }
}

function refuseUnsealed(state: string): void {
  if (state === 'off') throw new Problem('encrypt.unsealed');
}
