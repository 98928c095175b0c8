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
    run.current = openRun(request, done);
    const { keys } = run.current;
    // Keys that waited while nothing was read come in one chunk, and where nothing is typed nothing was
    // pasted.
    let stopWatching = request.isTyped ? keys.watch(rl.input) : undefined;
    const watching = setImmediate(() => {
      stopWatching ??= keys.watch(rl.input);
    });
    const stopResize = request.onResize(run.current.resized);
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

interface Run {
  readonly keys: ReturnType<typeof openKeys>;
  readonly resized: () => void;
  readonly suspend: () => void;
  readonly stop: () => void;
}

function openRun(
  { promptState: start, region, shown, size, suspend, typing }: RunPrompt,
  done: (settled: Settled) => void,
): Run {
  let promptState = start;
  let over = false;
  let drawing: NodeJS.Immediate | undefined;
  let saving: NodeJS.Timeout | undefined;
  let hadText = false;
  let ending: { timer: NodeJS.Timeout; unless: PromptState } | undefined;

  const tellHalf = (): void => {
    clearTimeout(saving);
    saving = undefined;
    if (promptState.partialText !== undefined || hadText) typing?.(promptState.partialText ?? '');
    hadText = promptState.partialText !== undefined;
  };
  const settle = (settled: Settled): void => {
    over = true;
    done(settled);
  };
  // Many keys of one chunk are one drawing.
  const drawSoon = (): void => {
    drawing ??= setImmediate(() => {
      drawing = undefined;
      if (!over) region.draw(promptState.view(size()));
    });
  };
  const press = (key: Key): void => {
    if (over) return;
    if (ending) {
      clearTimeout(ending.timer);
      promptState = ending.unless;
      ending = undefined;
    }
    const step = promptState.press(key, size());
    if (step.is === 'reply' && step.unless) {
      ending = { unless: step.unless, timer: setTimeout(() => settle(step), pasteMs) };
      return;
    }
    if (step.is !== 'pose') return settle(step);
    // A timer that runs is left alone: who types without a pause is saved too.
    if (step.promptState.partialText !== promptState.partialText) saving ??= setTimeout(tellHalf, saveMs);
    promptState = step.promptState;
    drawSoon();
  };

  const resized = (): void => {
    region.resized(size());
    region.draw(promptState.view(size()));
  };
  if (size().columns !== shown.columns || size().rows !== shown.rows) resized();
  const keys = openKeys(press);
  return {
    keys,
    resized,
    suspend: () => {
      tellHalf();
      region.leave();
      suspend(() => {
        if (!over) region.draw(promptState.view(size()));
      });
    },
    stop: () => {
      keys.flush();
      over = true;
      clearTimeout(ending?.timer);
      if (drawing) clearImmediate(drawing);
      tellHalf();
    },
  };
}
