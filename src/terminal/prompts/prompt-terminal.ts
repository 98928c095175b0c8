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
  /** Called once, after the first question is drawn: loads modules that may be needed later. Never fails. */
  readonly preload?: () => Promise<void>;
  readonly ended: AbortSignal;
  /**
   * Stops the process group (Ctrl-Z) and calls `resumed` once when it continues. If absent, Ctrl-Z does
   * nothing.
   */
  readonly suspend?: (resumed: () => void) => void;
}

/** Options for running a prompt. */
export interface RunOptions {
  /** True if the person answers by typing letters. */
  readonly isTyped: boolean;
  /** True if the answer is not shown: then nothing typed before the question counts as part of it. */
  readonly isSecret?: boolean;
  /** Receives a half-typed text for the draft. */
  readonly typing: RunPrompt['typing'];
}

const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';

/**
 * A terminal with a cursor, on which prompts are drawn and asked through inquirer. It detects that the
 * terminal was closed, switches bracketed paste on and off, and stops and resumes with Ctrl-Z.
 */
export class PromptTerminal {
  readonly region: ScreenRegion;
  readonly #options: PromptTerminalOptions;
  /** The input without the replies and reports that the terminal itself sends. */
  readonly #typed: TerminalInput;
  readonly #closed = new AbortController();
  /** Aborted when the run is interrupted or the terminal is closed. */
  readonly #ended: AbortSignal;
  #runner: ReturnType<typeof openPromptRunner> | undefined;
  #isPasteOn = false;

  constructor(options: PromptTerminalOptions) {
    const { input, output, ended } = options;
    this.#options = options;
    this.#ended = AbortSignal.any([ended, this.#closed.signal]);
    this.region = openScreenRegion(text => this.write(text));
    this.#typed = openCleanInput(input, { keys: true });
    // A closed terminal shows as an end or an error of the input; without a listener the error ends Node
    // immediately.
    for (const event of ['end', 'close', 'error']) input.on(event, this.#onClosed);
    output.on('error', this.#onClosed);
  }

  /** Writes to the terminal as it is: the caller escapes foreign text. */
  write(text: string): void {
    this.#options.output.write(text);
  }

  /** Returns the terminal's present size; 80 by 24 if it is unknown. */
  size(): ScreenSize {
    const { output } = this.#options;
    return { columns: output.columns || 80, rows: output.rows || 24 };
  }

  /** Throws Cancelled if the run was interrupted or the terminal closed. */
  throwIfEnded(): void {
    if (this.#ended.aborted) throw new Cancelled(endingOf(undefined, this.#ended));
  }

  /**
   * Draws a prompt and passes it the keys until it is settled. Throws Cancelled when the run is interrupted.
   */
  async run(promptState: PromptState, { isTyped, isSecret = false, typing }: RunOptions): Promise<Settled> {
    const { region } = this;
    const buffer = bufferInput(this.#typed, { keepsLetters: this.#runner !== undefined && !isSecret });
    try {
      this.#setBracketedPaste(true);
      await buffer.emptied();
      // Draw before loading inquirer, which takes as long as everything before it.
      const shown = this.size();
      region.draw(promptState.view(shown));
      this.#runner ??= await this.#loadRunner();
      return await this.#runner({
        promptState,
        isTyped,
        region,
        shown,
        release: buffer.release,
        size: () => this.size(),
        onResize: changed => this.#onResize(changed),
        suspend: resumed => this.#suspend(resumed),
        typing,
      });
    } catch (error) {
      region.leave();
      throw new Cancelled(endingOf(error, this.#ended));
    } finally {
      buffer.close();
      this.#setBracketedPaste(false);
    }
  }

  /** Restores the terminal. Synchronous, and may be called again. */
  close(): void {
    this.region.leave();
    this.#setBracketedPaste(false);
    for (const event of ['end', 'close']) this.#options.input.removeListener(event, this.#onClosed);
    this.#options.input.pause();
  }

  readonly #onClosed = (): void => this.#closed.abort('SIGHUP');

  async #loadRunner(): Promise<ReturnType<typeof openPromptRunner>> {
    const { openPromptRunner: open } = await import('../prompt/prompt-runner.ts');
    const runner = open({ input: this.#typed, signal: this.#ended });
    await this.#options.preload?.();
    return runner;
  }

  #setBracketedPaste(on: boolean): void {
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
    this.#setBracketedPaste(false);
    input.setRawMode?.(false);
    suspend(() => {
      // If the run was interrupted while stopped, the terminal belongs to the shell again.
      if (this.#ended.aborted) return;
      input.setRawMode?.(true);
      this.#setBracketedPaste(true);
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
