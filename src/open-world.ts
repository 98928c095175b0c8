import { join } from 'node:path';
import { openAsking } from './cli/passphrase/ask-passphrase.ts';
import { withDayEnds } from './core/dates/day-ends.ts';
import type { Now } from './core/dates/day.ts';
import { findWords } from './core/language/words.ts';
import { Exit, Problem } from './errors.ts';
import type { Machine } from './machine.ts';
import { filesPort, maintenancePort } from './open-world/ports.ts';
import { editCopy, openPrompter } from './open-world/prompts.ts';
import { asksForPlain, openStreams } from './open-world/streams.ts';
import { openUnsavedAnswers, rememberUnsaved } from './sessions/session/unsaved-answers.ts';
import type { AskPassphrase } from './storage/encryption/unlock.ts';
import type { EncryptedStore } from './storage/open-store.ts';
import {
  configFolder,
  copyEnvironment,
  folderHere,
  notesFolder,
  pathNamed,
} from './storage/settings/locations.ts';
import type { PlaceNeeds } from './storage/settings/locations.ts';
import { overridingIn } from './storage/settings/overrides.ts';
import { openSettings, settingIfAny, unavailableSettings } from './storage/settings/settings.ts';
import { readClock } from './storage/system/clock.ts';
import { host } from './storage/system/host-name.ts';
import { isAlive } from './storage/system/is-process-alive.ts';
import { readRandom } from './storage/system/random.ts';
import { readOwnHelp } from './storage/templates/own-help.ts';
import { loadWords, openTemplates } from './storage/templates/templates.ts';
import { plainFrom, withTerminals } from './terminal/output/environment.ts';
import { cleaning } from './terminal/output/output.ts';
import { widthOf } from './terminal/text/width.ts';
import { wrapHanging } from './terminal/text/wrap.ts';
import type { Globals, Settings, Words, World } from './world/world.ts';

declare const RUPTURE_VERSION: string | undefined;

/** The clock and random bytes: the machine's own unless a test replaces them. */
export interface FixedRandom {
  readonly now: () => Now;
  readonly random: (count: number) => Uint8Array;
  /** The power of two of scrypt's work for a passphrase; tests use a small one. */
  readonly cost?: number;
}

/** The settings of a demo before it has a folder. */
const noSettings: Settings = {
  path: '',
  get: () => undefined,
  hidden: [],
  all: {},
  change: () => Promise.reject(new Error('the demo has no settings')),
};

const ownRandom: FixedRandom = { now: readClock, random: count => readRandom(count) };

/** Opens the real world: with machine.ts the only place that knows the process. */
export async function openWorld(
  machine: Machine,
  globals: Globals,
  replaced: Partial<FixedRandom> = {},
): Promise<World> {
  if (globals.demo !== undefined && globals.folder !== undefined)
    throw new Problem('cli.not-together', { a: 'demo', b: '--folder' }, { exit: Exit.misused });
  const fixed: FixedRandom = { ...ownRandom, ...replaced };
  const base = await openBase(machine, globals, fixed);
  const { process, ownEnv, words, settings, now, random, notes, templates } = base;
  const streams = await openStreams({ process, ownEnv, env: machine.env, globals, words });
  const { out, messages } = streams;
  const plain = (): boolean => asksForPlain(globals, ownEnv) || isDumb(ownEnv, settings);
  const given = await passphraseLines(globals);
  const asking = openAsking({
    words,
    given,
    canAsk: process.inputIsTerminal && process.stderr.isTTY === true,
    open: () => world.openPrompter(),
  });
  const unsaved = openUnsavedAnswers();
  const openStore = openOnce(async () => {
    const { command } = globals;
    const opened = await openStoreIn(base, { ...fixed, now, ask: asking.ask, command });
    if (command === undefined || command === '__complete') return opened;
    if (opened.advertisesOtherRecipient()) messages.say(words('encrypt.recipient_changed'));
    return rememberUnsaved(opened, unsaved, words);
  });
  const ended = new AbortController();
  const world: World = {
    ...programPort(ownEnv),
    ...streams,
    ...filesPort(process, base),
    ...progressPort(process, { messages, plain, now }),
    ...maintenancePort({ ...base, temp: ownEnv['TMPDIR'], openStore }),
    now,
    random,
    words,
    layout: layoutFor(cleaning(out.style)),
    plain,
    get interactive() {
      return process.inputIsTerminal;
    },
    passphraseGiven: given,
    ended: ended.signal,
    settings,
    overriding: () => overridingIn(globals, ownEnv, plainFrom(ownEnv)),
    folder: notes,
    templates,
    ownHelp: () => readOwnHelp(notes()),
    openStore,
    unsaved,
    giveBack: async error =>
      (await import('./sessions/drafts/save-unsaved-answers.ts')).giveBackUnsavedAnswers(world, error),
    openPrompter: async () => asking.follow(await openPrompter({ process, world, env: ownEnv }, ended)),
    edit: text => editCopy({ process, world, env: ownEnv }, text),
  };
  return world;
}

/** What a world is built on: the process, its environment, settings, words, and where the folders are. */
interface Base {
  readonly process: Machine;
  /** The environment as the person has it; child processes get it. */
  readonly ownEnv: ReturnType<typeof copyEnvironment>;
  readonly config: () => string | undefined;
  readonly settings: Settings;
  readonly now: () => Now;
  readonly random: World['random'];
  readonly words: Words;
  readonly notes: () => string;
  readonly templates: World['templates'];
  readonly pathOf: (path: string) => string;
}

async function openBase(machine: Machine, globals: Globals, { now, random }: FixedRandom): Promise<Base> {
  const { platform } = machine;
  const ownEnv = copyEnvironment(machine.env, platform);
  const process = withTerminals(machine, ownEnv);
  const places: PlaceNeeds = { env: ownEnv, platform, cwd: () => folderHere(() => process.cwd()) };
  const config = (): string | undefined =>
    globals.demo === undefined
      ? configFolder(places)
      : globals.demo.folder && join(globals.demo.folder, 'settings');
  const settings = settingsIn(config);
  const language = settingIfAny(settings, 'language') ?? 'en';
  const tree = await loadWords(language);
  const notes = (): string => folderOf(places, globals, settings);
  return {
    process,
    ownEnv,
    config,
    settings,
    now: () => withDayEnds(now(), settingIfAny(settings, 'day_ends')),
    random,
    words: (key, params) => findWords(tree, key, params),
    notes,
    templates: openTemplates(language, () => join(notes(), 'templates')),
    pathOf: path => pathNamed(path, places),
  };
}

function programPort(env: Base['ownEnv']): Pick<World, 'version' | 'debug'> {
  return {
    version: typeof RUPTURE_VERSION === 'string' ? RUPTURE_VERSION : '0.0.0',
    debug: env['RUPTURE_DEBUG'] === '1',
  };
}

function isDumb(env: Base['ownEnv'], settings: Settings): boolean {
  return env['TERM'] === 'dumb' || settings.get('plain') === 'on';
}

function progressPort(
  { stderr }: Machine,
  { messages, plain, now }: Pick<World, 'messages' | 'plain' | 'now'>,
): Pick<World, 'openProgress'> {
  return {
    openProgress: async () =>
      (await import('./terminal/output/progress.ts')).openProgress({
        stream: stderr,
        shows: stderr.isTTY === true && !plain(),
        width: messages.width,
        now: () => now().ms,
      }),
  };
}

/** Returns a function that calls `open` the first time and returns the same promise afterwards. */
function openOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return async () => (opened ??= open());
}

/** Measures and wraps texts as the screen shows them: an escaped control character is wider than itself. */
function layoutFor(clean: (text: string) => string): World['layout'] {
  return { widthOf: text => widthOf(clean(text)), wrap: (text, width) => wrapHanging(clean(text), width) };
}

/** Opens the lines of the descriptor that `--passphrase-fd` names; undefined without that flag. */
async function passphraseLines({ passphraseFd }: Globals): Promise<World['passphraseGiven']> {
  if (passphraseFd === undefined) return undefined;
  const { openPassphraseLines } = await import('./storage/outside/passphrase-from-descriptor.ts');
  return openPassphraseLines(passphraseFd);
}

/**
 * Opens the settings. If their folder is unknown, reading one throws; --help and help-now read none.
 */
function settingsIn(config: () => string | undefined): Settings {
  try {
    const folder = config();
    return folder === undefined ? noSettings : openSettings(folder);
  } catch (error) {
    return unavailableSettings(error);
  }
}

/** Returns the folder of notes, absolute. */
function folderOf(places: PlaceNeeds, { folder, demo }: Globals, settings: Settings): string {
  if (demo === undefined) return notesFolder(places, folder, () => settings.get('folder'));
  if (demo.folder === undefined) throw new Error('the demo has no folder yet');
  return join(demo.folder, 'notes');
}

async function openStoreIn(
  { process, config, notes }: Base,
  needs: FixedRandom & { readonly ask: AskPassphrase; readonly command?: string },
): Promise<EncryptedStore> {
  const store = await import('./storage/open-store.ts');
  return store.openStore({
    ...needs,
    configDir: config() ?? notes(),
    folder: notes(),
    env: copyEnvironment(process.env, process.platform),
    pid: process.pid,
    uid: process.getuid?.(),
    host,
    platform: process.platform,
    isAlive: pid => isAlive(process.kill, pid),
  });
}
