// The only module that imports inquirer, which runs prompts and handles Ctrl-C. Drawing and typing are our
// own: inquirer's `input` keeps only the first line of a paste (its issues 416, 960) and, past a screenful,
// prints the whole text at every key.
import { Writable } from 'node:stream';
import { createPrompt, useEffect, useKeypress, useRef } from '@inquirer/core';
import { createPromptModule } from 'inquirer';
import type { ScreenRegion, ScreenSize } from './screen-region.ts';
import { openKeys } from './key-events.ts';
import type { Key, PromptState, Settled } from './prompt-state.ts';

/** A type, not an interface: inquirer requires an index signature. */
export type RunPrompt = {
  readonly promptState: PromptState;
  /** True if the answer is typed letters. */
  readonly isTyped: boolean;
  readonly region: ScreenRegion;
  /** The terminal size for which the prompt is already drawn. */
  readonly shown: ScreenSize;
  /** Returns what was typed since then and not read, and stops collecting. */
  readonly release: () => readonly (Buffer | string)[];
  /** Returns the terminal's present size. */
  readonly size: () => ScreenSize;
  /** Calls `changed` whenever the terminal's size changes; returns a function that stops this. */
  readonly onResize: (changed: () => void) => () => void;
  /**
   * Handles Ctrl-Z: restores the terminal, stops the process, and calls `resumed` when the person comes back.
   */
  readonly suspend: (resumed: () => void) => void;
  /**
   * Receives the half-typed text about a second after it changed, before Ctrl-Z, and at every ending. Empty
   * if a text that it received earlier has been deleted.
   */
  readonly typing?: (text: string) => void;
};

/** Milliseconds until typed words go to the draft, whether or not the person pauses. */
const saveMs = 1000;
/**
 * Milliseconds that an Enter at the end of a text waits: if more input follows within them, it was part of a
 * paste.
 */
const pasteMs = 25;

/** `checkedInput` is called once inquirer has checked the type of its input. */
type PromptRequest = RunPrompt & { readonly checkedInput: () => void };

export interface PromptRunnerNeeds {
  /** Standard input, a terminal. */
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly signal: AbortSignal;
}

/**
 * Opens inquirer on an input, for prompts that are already drawn. Returns a function that runs a prompt; it
 * rejects as inquirer does when the signal is aborted.
 */
export function openPromptRunner({
  input,
  signal,
}: PromptRunnerNeeds): (request: RunPrompt) => Promise<Settled> {
  const sink = new Writable({ write: (_chunk, _encoding, next) => next() });
  const ask = createPromptModule<{ rupture: PromptRequest }>({ input, output: sink, signal });
  ask.registerPrompt('rupture', runPromptState);
  return async request => {
    // On a terminal, inquirer opens a reader without listeners for one turn of the event loop, to drop what
    // was typed before. We have dropped that already, and inquirer would lose what was typed since: keys,
    // Ctrl-Z, the end of the terminal. So hide from it that the input is a terminal until it has checked.
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
 * Runs a prompt state as an inquirer prompt. inquirer handles the keys, the hooks, the abort signal and
 * Ctrl-C. The screen region draws, since inquirer counts UTF-16 units instead of columns, and writes a long
 * text again into the scrollback. Therefore inquirer's own output is a sink that discards everything.
 */
const runPromptState = createPrompt<Settled, PromptRequest>((request, done) => {
  const run = useRef<Run | undefined>(undefined);
  useEffect(rl => {
    request.checkedInput();
    run.current = new Run(request, done);
    const { keys } = run.current;
    // Keys that were collected before arrive in one chunk, which would look like a paste. Where no text is
    // typed, start to look for pastes only after them.
    let stopWatching = request.isTyped ? keys.watch(rl.input) : undefined;
    const watching = setImmediate(() => {
      stopWatching ??= keys.watch(rl.input);
    });
    const stopResize = request.onResize(() => run.current?.resized());
    // Without a listener readline stops only this process; started through npx, no shell would take over the
    // terminal. On Windows, which has no such stop, readline never emits this event.
    const onStop = (): void => run.current?.suspend();
    rl.on('SIGTSTP', onStop);
    // A closed terminal causes an error inside readline, which reports it to its own listeners; the prompter
    // gets it from the input.
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
    // Node's readline edits a line of its own; see keepReadline.
    keepReadline(rl);
    run.current?.keys.press(event);
  });
  // All listeners are registered now, so replay what was typed meanwhile.
  useEffect(rl => {
    for (const chunk of request.release()) rl.input.emit('data', chunk);
  }, []);
  return '';
});

// readline closes the input on Ctrl-D if its line is empty, and moves through its history on arrows. A line
// of one space prevents both.
function keepReadline(rl: object): void {
  Object.assign(rl, { line: ' ', cursor: 0 });
}

/** Runs one prompt: passes it the keys, draws it, and saves its half-typed text to the draft. */
class Run {
  readonly keys = openKeys(key => this.#press(key));
  readonly #request: RunPrompt;
  readonly #done: (settled: Settled) => void;
  #promptState: PromptState;
  #isOver = false;
  #drawing: NodeJS.Immediate | undefined;
  #saving: NodeJS.Timeout | undefined;
  /** True if the draft has a half-typed text. */
  #hadText = false;
  /** A response that waits in case the Enter before it was part of a paste. */
  #ending: { readonly timer: NodeJS.Timeout; readonly unless: PromptState } | undefined;

  constructor(request: RunPrompt, done: (settled: Settled) => void) {
    this.#request = request;
    this.#done = done;
    this.#promptState = request.promptState;
    const { columns, rows } = request.size();
    if (columns !== request.shown.columns || rows !== request.shown.rows) this.resized();
  }

  resized(): void {
    this.#request.region.resized(this.#request.size());
    this.#draw();
  }

  suspend(): void {
    this.#savePartialText();
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
    this.#savePartialText();
  }

  #press(key: Key): void {
    if (this.#isOver) return;
    if (this.#ending) {
      clearTimeout(this.#ending.timer);
      this.#promptState = this.#ending.unless;
      this.#ending = undefined;
    }
    const step = this.#promptState.press(key, this.#request.size());
    if (step.is === 'reply' && step.unless) {
      this.#ending = { unless: step.unless, timer: setTimeout(() => this.#settle(step), pasteMs) };
      return;
    }
    if (step.is !== 'stay') return this.#settle(step);
    // Do not restart a running timer: the text of a person who types without a pause has to be saved too.
    if (step.promptState.partialText !== this.#promptState.partialText)
      this.#saving ??= setTimeout(() => this.#savePartialText(), saveMs);
    this.#promptState = step.promptState;
    this.#drawSoon();
  }

  #settle(settled: Settled): void {
    this.#isOver = true;
    this.#done(settled);
  }

  /** Draws once for all keys of one chunk. */
  #drawSoon(): void {
    this.#drawing ??= setImmediate(() => {
      this.#drawing = undefined;
      if (!this.#isOver) this.#draw();
    });
  }

  #draw(): void {
    this.#request.region.draw(this.#promptState.view(this.#request.size()));
  }

  #savePartialText(): void {
    const { partialText } = this.#promptState;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (partialText !== undefined || this.#hadText) this.#request.typing?.(partialText ?? '');
    this.#hadText = partialText !== undefined;
  }
}
