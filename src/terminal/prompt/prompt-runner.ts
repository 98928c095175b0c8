// Owns inquirer, which runs prompts and handles Ctrl-C. Drawing and typing are ours: its `input` keeps only
// the first line of a paste (its issues 416, 960) and, past a screenful, prints the whole text at every key.
import { Writable } from 'node:stream';
import { createPrompt, useEffect, useKeypress, useRef } from '@inquirer/core';
import { createPromptModule } from 'inquirer';
import type { ScreenRegion, ScreenSize } from './screen-region.ts';
import { openKeys } from './key-events.ts';
import type { Key, PromptState, Settled } from './prompt-state.ts';

/** A type, not an interface: inquirer wants an index. */
export type RunPrompt = {
  readonly promptState: PromptState;
  /** Whether letters are its answer. */
  readonly isTyped: boolean;
  readonly region: ScreenRegion;
  /** The size for which the pose stands in the frame already. */
  readonly shown: ScreenSize;
  /** Gives what was typed since then and was not read, and holds back no more. */
  readonly held: () => readonly (Buffer | string)[];
  /** The terminal's size now. */
  readonly size: () => ScreenSize;
  /** Calls back when the terminal has another size; returns how to stop. */
  readonly onResize: (changed: () => void) => () => void;
  /** Ctrl-Z: gives the terminal back, stops, and calls back when the person has come again. */
  readonly suspend: (resumed: () => void) => void;
  /**
   * Has a half-typed text about a second after it changed, before Ctrl-Z, and at every ending. Empty when a
   * text that it had is gone.
   */
  readonly typing?: (text: string) => void;
};

/** How long typed words stand before the draft has them, whether or not the person pauses. */
const saveMs = 1000;
/** An Enter that ends a text waits so long: when more follows at once it was part of a paste. */
const pasteMs = 25;

/** `checkedInput` is called once inquirer has asked what kind of input it has. */
type PromptRequest = RunPrompt & { readonly checkedInput: () => void };

export interface PromptRunnerNeeds {
  /** Standard input: a terminal. */
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly signal: AbortSignal;
}

/**
 * Opens inquirer on an input, for poses that stand on the screen; rejects as inquirer does when the signal
 * ends it.
 */
export function openPromptRunner({
  input,
  signal,
}: PromptRunnerNeeds): (request: RunPrompt) => Promise<Settled> {
  const sink = new Writable({ write: (_chunk, _encoding, next) => next() });
  const ask = createPromptModule<{ rupture: PromptRequest }>({ input, output: sink, signal });
  ask.registerPrompt('rupture', runPromptState);
  return async request => {
    // Of a terminal inquirer lets a turn of the event loop go by with a reader that nobody listens to, so
    // that what was typed before is lost. Here that is gone already, and what came since would be: keys,
    // Ctrl-Z, the end of the terminal.
    const { isTTY } = input;
    const checkedInput = (): void => {
      input.isTTY = isTTY;
    };
    input.isTTY = false;
    try {
      return (await ask([{ type: 'rupture', name: 'settled', message: '', ...request, checkedInput }]))
        .settled;
    } finally {
      checkedInput();
    }
  };
}

/**
 * Runs a pose as an inquirer prompt. inquirer has the keys, the hooks, the abort signal and Ctrl-C; the
 * drawing is the frame's, since inquirer's own counts UTF-16 units for columns, and writes a long text again
 * into the scrollback. The prompt's own output is therefore a place where nothing arrives.
 */
const runPromptState = createPrompt<Settled, PromptRequest>((request, done) => {
  const run = useRef<Run | undefined>(undefined);
  useEffect(rl => {
    request.checkedInput();
    run.current = new Run(request, done);
    const { keys } = run.current;
    // Keys that waited while nothing was read come in one chunk, and where nothing is typed nothing was
    // pasted.
    let stopWatching = request.isTyped ? keys.watch(rl.input) : undefined;
    const watching = setImmediate(() => {
      stopWatching ??= keys.watch(rl.input);
    });
    const stopResize = request.onResize(() => run.current?.resized());
    // Without a listener readline stops this process alone; started through npx, nobody would take the
    // terminal over. On Windows, which knows no such stop, readline never tells of one.
    const onStop = (): void => run.current?.suspend();
    rl.on('SIGTSTP', onStop);
    // A closed terminal fails inside readline, which tells its own listeners; the prompter hears of it from
    // the input.
    rl.on('error', () => undefined);
    keepReadline(rl);
    return () => {
      clearImmediate(watching);
      stopWatching?.();
      stopResize();
      rl.removeListener('SIGTSTP', onStop);
      run.current?.stop();
    };
  }, []);
  useKeypress((event, rl) => {
    // node's readline keeps a line of its own; see keepReadline.
    keepReadline(rl);
    run.current?.keys.press(event);
  });
  // Now everybody listens who would have when it was typed.
  useEffect(rl => {
    for (const chunk of request.held()) rl.input.emit('data', chunk);
  }, []);
  return '';
});

// readline closes the input on Ctrl-D when its line is empty, and goes through its history on arrows: so it
// has one space.
function keepReadline(rl: object): void {
  Object.assign(rl, { line: ' ', cursor: 0 });
}

/** Runs one pose: passes it the keys, draws it, and gives its half-typed text to the draft. */
class Run {
  readonly keys = openKeys(key => this.#press(key));
  readonly #request: RunPrompt;
  readonly #done: (settled: Settled) => void;
  #pose: PromptState;
  #isOver = false;
  #drawing: NodeJS.Immediate | undefined;
  #saving: NodeJS.Timeout | undefined;
  /** Whether the draft has a half-typed text. */
  #hadText = false;
  /** A reply that waits to see whether the Enter before it was part of a paste. */
  #ending: { readonly timer: NodeJS.Timeout; readonly unless: PromptState } | undefined;

  constructor(request: RunPrompt, done: (settled: Settled) => void) {
    this.#request = request;
    this.#done = done;
    this.#pose = request.promptState;
    const { columns, rows } = request.size();
    if (columns !== request.shown.columns || rows !== request.shown.rows) this.resized();
  }

  resized(): void {
    this.#request.region.resized(this.#request.size());
    this.#draw();
  }

  suspend(): void {
    this.#tellHalf();
    this.#request.region.leave();
    this.#request.suspend(() => {
      if (!this.#isOver) this.#draw();
    });
  }

  stop(): void {
    this.keys.flush();
    this.#isOver = true;
    clearTimeout(this.#ending?.timer);
    if (this.#drawing) clearImmediate(this.#drawing);
    this.#tellHalf();
  }

  #press(key: Key): void {
    if (this.#isOver) return;
    if (this.#ending) {
      clearTimeout(this.#ending.timer);
      this.#pose = this.#ending.unless;
      this.#ending = undefined;
    }
    const step = this.#pose.press(key, this.#request.size());
    if (step.is === 'reply' && step.unless) {
      this.#ending = { unless: step.unless, timer: setTimeout(() => this.#settle(step), pasteMs) };
      return;
    }
    if (step.is !== 'pose') return this.#settle(step);
    // A running timer is left alone: a person who types without a pause is saved too.
    if (step.promptState.partialText !== this.#pose.partialText)
      this.#saving ??= setTimeout(() => this.#tellHalf(), saveMs);
    this.#pose = step.promptState;
    this.#drawSoon();
  }

  #settle(settled: Settled): void {
    this.#isOver = true;
    this.#done(settled);
  }

  /** Draws once for the many keys of one chunk. */
  #drawSoon(): void {
    this.#drawing ??= setImmediate(() => {
      this.#drawing = undefined;
      if (!this.#isOver) this.#draw();
    });
  }

  #draw(): void {
    this.#request.region.draw(this.#pose.view(this.#request.size()));
  }

  #tellHalf(): void {
    const { partialText } = this.#pose;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (partialText !== undefined || this.#hadText) this.#request.typing?.(partialText ?? '');
    this.#hadText = partialText !== undefined;
  }
}
