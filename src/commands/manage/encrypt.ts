import { Exit, Problem } from '../../errors.ts';
import { choosePassphrase } from '../../cli/passphrase/choose-passphrase.ts';
import { tellKey, printConversion, convertWithProgress } from '../../cli/passphrase/encryption-progress.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type { Encryption, Prompter, World } from '../../world/world.ts';

/**
 * Seals the notes: makes a key where there is none, then goes through the files; the same again finishes what
 * was ended.
 */
export async function encryptOn(world: World): Promise<Exit> {
  const { words, messages: talk } = world;
  const encryption = await openSettled(world);
  const { hasKey, encryptedCount: sealed, isWhole } = encryption.status();
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
  const conversion = await convertWithProgress(world, encryption.encryptAll);
  const exit = printConversion(world, conversion, 'sealed');
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
  const { words, messages: talk } = world;
  const encryption = await world.openEncryption();
  if (encryption.status().state === 'off') {
    talk.say(words('encrypt.not_sealed'));
    return Exit.done;
  }
  talk.say(words('encrypt.undo_goes'));
  if (!(await isSure(world, words('encrypt.ask_off'), { yes }))) {
    talk.say(words('encrypt.stopped'));
    return Exit.done;
  }
  const conversion = await convertWithProgress(world, encryption.decryptAll);
  const exit = printConversion(world, conversion, 'opened');
  if (conversion.key !== undefined) talk.say(words('encrypt.former_key', { path: conversion.key }));
  return exit;
}

/** Makes a new key and seals everything for it. */
export async function encryptRotate(world: World): Promise<Exit> {
  const { words, messages: talk } = world;
  const encryption = await openSettled(world);
  refuseUnsealed(encryption.status().state);
  talk.say(words('encrypt.undo_goes'));
  const conversion = await convertWithProgress(world, encryption.rotate);
  const exit = printConversion(world, conversion, 'resealed');
  if (exit === Exit.done) talk.say(words('encrypt.rotated'));
  return exit;
}

/** Encrypts the key with another passphrase. A change of the notes that was interrupted is finished first. */
export async function encryptPassphrase(world: World): Promise<Exit> {
  const { words, messages: talk } = world;
  const encryption = await openSettled(world);
  const { state } = encryption.status();
  refuseUnsealed(state);
  await encryption.unlock();
  if (state !== 'on') {
    const exit = printConversion(world, await convertWithProgress(world, encryption.encryptAll), 'sealed');
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
    (prompter?.say ?? world.messages.say)(world.words('encrypt.before'));
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
