import { Exit, Problem } from '../../errors.ts';
import { choosePassphrase } from '../../cli/passphrase/choose-passphrase.ts';
import { tellKey, printConversion, convertWithProgress } from '../../cli/passphrase/encryption-progress.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type {
  Encryption,
  Prompter,
  World,
  WordsPort,
  OutputPort,
  InputPort,
  PromptsPort,
  MaintenancePort,
  RandomPort,
  TemplatesPort,
} from '../../world/world.ts';

/**
 * Encrypts all notes: makes a key if there is none, then encrypts each file. Running it again continues after
 * an interruption.
 */
export async function encryptOn(world: World): Promise<Exit> {
  const { words, messages } = world;
  const encryption = await openSettled(world);
  const { hasKey, encryptedCount, isWhole } = encryption.status();
  if (isWhole) {
    messages.say(words('encrypt.already', { n: encryptedCount }));
    return Exit.done;
  }
  await encryption.check();
  if (hasKey) await encryption.unlock();
  else if (!(await newKey(world, encryption))) {
    messages.say(words('encrypt.stopped'));
    return Exit.done;
  }
  const conversion = await convertWithProgress(world, encryption.encryptAll);
  const exit = printConversion(world, conversion, 'sealed');
  if (exit !== Exit.done) return exit;
  messages.say(words('encrypt.how_to_open', { folder: encryption.folder }));
  const survivors = encryption.survivors();
  messages.say(words('encrypt.survive'));
  if (survivors.length > 0)
    messages.say([words('encrypt.survive_in'), ...survivors.map(path => `- ${path}`)].join('\n'));
  return exit;
}

/** Decrypts all notes permanently, after the person confirms. */
export async function encryptOff(
  world: WordsPort & OutputPort & InputPort & PromptsPort & MaintenancePort,
  { yes }: { readonly yes?: boolean },
): Promise<Exit> {
  const { words, messages } = world;
  const encryption = await world.openEncryption();
  if (encryption.status().state === 'off') {
    messages.say(words('encrypt.not_sealed'));
    return Exit.done;
  }
  messages.say(words('encrypt.undo_goes'));
  if (!(await isSure(world, words('encrypt.ask_off'), { yes }))) {
    messages.say(words('encrypt.stopped'));
    return Exit.done;
  }
  const conversion = await convertWithProgress(world, encryption.decryptAll);
  const exit = printConversion(world, conversion, 'opened');
  if (conversion.key !== undefined) messages.say(words('encrypt.former_key', { path: conversion.key }));
  return exit;
}

/** Makes a new key and encrypts all files again with it. Throws a Problem if the folder is not encrypted. */
export async function encryptRotate(
  world: WordsPort & OutputPort & PromptsPort & MaintenancePort,
): Promise<Exit> {
  const { words, messages } = world;
  const encryption = await openSettled(world);
  refuseIfNotEncrypted(encryption.status().state);
  messages.say(words('encrypt.undo_goes'));
  const conversion = await convertWithProgress(world, encryption.rotate);
  const exit = printConversion(world, conversion, 'resealed');
  if (exit === Exit.done) messages.say(words('encrypt.rotated'));
  return exit;
}

/**
 * Encrypts the key with another passphrase. First finishes an interrupted encryption of the notes. Throws a
 * Problem if the folder is not encrypted.
 */
export async function encryptPassphrase(world: World): Promise<Exit> {
  const { words, messages } = world;
  const encryption = await openSettled(world);
  const { state } = encryption.status();
  refuseIfNotEncrypted(state);
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
  messages.say(words(changed ? 'encrypt.passphrase_changed' : 'encrypt.stopped'));
  return Exit.done;
}

async function newKey(
  world: RandomPort & WordsPort & OutputPort & InputPort & TemplatesPort & PromptsPort,
  encryption: Encryption,
): Promise<boolean> {
  return withPrompter(world, async prompter => {
    (prompter?.say ?? world.messages.say)(world.words('encrypt.before'));
    const passphrase = await choosePassphrase(world, prompter);
    if (passphrase === undefined) return false;
    const identity = await encryption.makeKey(passphrase);
    if (prompter !== undefined) await tellKey(world, prompter, identity);
    return true;
  });
}

async function openSettled(world: MaintenancePort): Promise<Encryption> {
  const encryption = await world.openEncryption();
  await encryption.settle();
  return encryption;
}

// Runs `work` without a prompter if the passphrase came from a file descriptor or nobody can be asked.
async function withPrompter<T>(
  world: InputPort & PromptsPort,
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

function refuseIfNotEncrypted(state: string): void {
  if (state === 'off') throw new Problem('encrypt.unsealed');
}
