import { Cancelled } from '../../errors.ts';
import type { Ending } from '../../errors.ts';
import { openCleanInput } from '../input/clean-input.ts';
import type { RunPrompt, openPromptRunner } from '../prompt/prompt-runner.ts';
import { openScreenRegion, type ScreenRegion, type ScreenSize } from '../prompt/screen-region.ts';
import { bufferInput } from '../input/input-buffer.ts';
import type { TerminalInput } from '../input/input-buffer.ts';
import type { PromptState, Settled } from '../prompt/prompt-state.ts';

export interface PromptTerminalOptions {
  /** Standard input: a terminal. */
  readonly input: TerminalInput;
  /** Standard error: a terminal. */
  readonly output: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  /** Called once, after the first question is drawn: loads what may be needed later. Never fails. */
  readonly preload?: () => Promise<void>;
  readonly ended: AbortSignal;
  /** Stops the process group (Ctrl-Z) and calls back once when it goes on. Without it Ctrl-Z does nothing. */
  readonly suspend?: (resumed: () => void) => void;
}

/** How a pose is run. */
export interface RunOptions {
  /** Whether the person answers by typing letters. */
  readonly isTyped: boolean;
  /** Whether the answer is not shown: then nothing that was typed before the question is part of it. */
  readonly isSecret?: boolean;
  /** Gets a half-typed text for the draft. */
  readonly typing: RunPrompt['typing'];
}

const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';

/**
 * A terminal with a cursor, on which poses are drawn and asked through inquirer. It listens for the end of
 * the terminal, switches bracketed paste on and off, and stops and resumes with Ctrl-Z.
 */
export class PromptTerminal {
  readonly frame: ScreenRegion;
  readonly #options: PromptTerminalOptions;
  /** The input without what a terminal sends by itself. */
  readonly #typed: TerminalInput;
  readonly #gone = new AbortController();
  /** Aborted when the run is ended, or the terminal is closed. */
  readonly #ended: AbortSignal;
  #driver: ReturnType<typeof openPromptRunner> | undefined;
  #isPasteOn = false;

  constructor(options: PromptTerminalOptions) {
    const { input, output, ended } = options;
    this.#options = options;
    this.#ended = AbortSignal.any([ended, this.#gone.signal]);
    this.frame = openScreenRegion(text => this.write(text));
    this.#typed = openCleanInput(input, { keys: true });
    // A terminal that is closed shows as an end or an error of the input; without a listener the error ends
    // Node at once.
    for (const event of ['end', 'close', 'error']) input.on(event, this.#onGone);
    output.on('error', this.#onGone);
  }

  write(text: string): void {
    this.#options.output.write(text);
  }

  size(): ScreenSize {
    const { output } = this.#options;
    return { columns: output.columns || 80, rows: output.rows || 24 };
  }

  /** Throws Cancelled when the run is ended, or the terminal is closed. */
  throwIfEnded(): void {
    if (this.#ended.aborted) throw new Cancelled(endingOf(undefined, this.#ended));
  }

  /** Draws a pose and passes it the keys until it is settled. Throws Cancelled when the run is ended. */
  async run(promptState: PromptState, { isTyped, isSecret = false, typing }: RunOptions): Promise<Settled> {
    const { frame: region } = this;
    const held = bufferInput(this.#typed, { keepsLetters: this.#driver !== undefined && !isSecret });
    try {
      this.#paste(true);
      await held.emptied();
      // Drawn before inquirer is loaded, which takes as long as everything before it.
      const shown = this.size();
      region.draw(promptState.view(shown));
      this.#driver ??= await this.#loadDriver();
      return await this.#driver({
        promptState,
        isTyped,
        region,
        shown,
        held: held.release,
        size: () => this.size(),
        onResize: changed => this.#onResize(changed),
        suspend: resumed => this.#suspend(resumed),
        typing,
      });
    } catch (error) {
      region.leave();
      throw new Cancelled(endingOf(error, this.#ended));
    } finally {
      held.close();
      this.#paste(false);
    }
  }

  /** Leaves the terminal as it was found. Synchronous, and may be called again. */
  close(): void {
    this.frame.leave();
    this.#paste(false);
    for (const event of ['end', 'close']) this.#options.input.removeListener(event, this.#onGone);
    this.#options.input.pause();
  }

  readonly #onGone = (): void => this.#gone.abort('SIGHUP');

  async #loadDriver(): Promise<ReturnType<typeof openPromptRunner>> {
    const { openPromptRunner: open } = await import('../prompt/prompt-runner.ts');
    const driver = open({ input: this.#typed, signal: this.#ended });
    await this.#options.preload?.();
    return driver;
  }

  #paste(on: boolean): void {
    if (this.#isPasteOn !== on) this.write(on ? pasteOn : pasteOff);
    this.#isPasteOn = on;
  }

  #onResize(changed: () => void): () => void {
    const { output } = this.#options;
    output.on('resize', changed);
    return () => output.removeListener('resize', changed);
  }

  #suspend(resumed: () => void): void {
    const { input, suspend } = this.#options;
    if (!suspend) return resumed();
    this.#paste(false);
    input.setRawMode?.(false);
    suspend(() => {
      // If the run was ended meanwhile, the terminal belongs to the shell again.
      if (this.#ended.aborted) return;
      input.setRawMode?.(true);
      this.#paste(true);
      resumed();
    });
  }
}

function endingOf(error: unknown, signal: AbortSignal): Ending {
  const reason: unknown = signal.reason;
  if (signal.aborted && (reason === 'SIGTERM' || reason === 'SIGHUP')) return reason;
  if (!signal.aborted && error instanceof Error && error.name !== 'ExitPromptError') throw error;
  return 'SIGINT';
}
