import type { Progress } from '../../world/world.ts';
import { escapeControls } from '../text/escape-controls.ts';
import type { Sink } from './sink.ts';

export interface ProgressNeeds {
  readonly stream: Sink;
  /** False in a pipe and on a terminal without cursor control: then nothing is shown. */
  readonly shows: boolean;
  readonly width: number;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Milliseconds before the first progress is shown: short work shows none. */
const firstAfterMs = 300;
const everyMs = 100;

/** Opens a progress line that is redrawn in place, and erased at the end. */
export function openProgress({ stream, shows, width, now }: ProgressNeeds): Progress {
  let next = now() + firstAfterMs;
  let shown = false;
  return {
    show: text => {
      if (!shows || now() < next) return;
      next = now() + everyMs;
      shown = true;
      stream.write(`\r\u001b[2K  ${escapeControls(text()).slice(0, Math.max(0, width - 3))}`);
    },
    end: () => {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}
