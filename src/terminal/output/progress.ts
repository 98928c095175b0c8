import type { Progress } from '../../world/world.ts';
import { escapeControls } from '../text/escape-controls.ts';
import type { Sink } from './sink.ts';

export interface ProgressNeeds {
  readonly stream: Sink;
  /** False in a pipe and for lines without a cursor: then nothing is shown. */
  readonly shows: boolean;
  readonly width: number;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Short work shows nothing. */
const firstAfter = 300;
const every = 100;

/** Opens a line that is written again and again in one place, and gone at the end. */
export function openProgress({ stream, shows, width, now }: ProgressNeeds): Progress {
  let next = now() + firstAfter;
  let shown = false;
  return {
    show: text => {
      if (!shows || now() < next) return;
      next = now() + every;
      shown = true;
      stream.write(`\r\u001b[2K  ${escapeControls(text()).slice(0, Math.max(0, width - 3))}`);
    },
    end: () => {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}
