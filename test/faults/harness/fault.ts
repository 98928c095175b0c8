import { constants } from 'node:os';
import { inject } from 'vitest';
import { reportLeftOut, reportMissing } from '../../support/needs.ts';

/** The fault at one file operation. */
export type Wrong =
  | { readonly errno: keyof typeof constants.errno }
  | { readonly short: number }
  | 'kill'
  | { readonly power: string; readonly commit?: string };

export interface Fault {
  readonly wrong: Wrong;
  /** The number of the operation, from 1. */
  readonly at: number;
  /** Whether every later operation fails too, as on a disk that stays broken. */
  readonly stays?: boolean;
}

/** True to test all points, false for the sample that tests every change. */
export const isWhole = process.env['RUPTURE_FAULTS'] !== 'sample';

/** Returns the path of the shim that makes file operations fail; undefined if it can't be built. */
export function shimHere(): string | undefined {
  const { path, why } = inject('shim');
  if (path !== undefined) return path;
  if (process.platform === 'linux') reportMissing('faults of single file operations', 'cc', why);
  else reportLeftOut('faults of single file operations', why);
  return undefined;
}

/**
 * Returns the environment that counts file operations below `root` and writes them to `log`, and makes one of
 * them fail if there is a fault. `calls` limits the operations (`read`: opening files for reading).
 */
export function faultyEnv(
  shim: string,
  root: string,
  log: string,
  fault?: Fault,
  calls?: string,
): Readonly<Record<string, string>> {
  const base = {
    LD_PRELOAD: shim,
    UV_USE_IO_URING: '0',
    FAULT_PATH: root,
    FAULT_LOG: log,
    ...(calls === undefined ? {} : { FAULT_CALLS: `,${calls},`, FAULT_READS: '1' }),
  };
  if (fault === undefined) return base;
  const { wrong, at, stays } = fault;
  return {
    ...base,
    FAULT_AT: String(at),
    FAULT_DO: doOf(wrong),
    ...(stays === true ? { FAULT_FROM: '1' } : {}),
    ...(typeof wrong === 'object' && 'power' in wrong && wrong.commit !== undefined
      ? { FAULT_COMMIT: wrong.commit }
      : {}),
  };
}

/** Returns a fault as text for a table row. */
export function describeFault({ wrong, at, stays }: Fault): string {
  return `${nameOf(wrong)}${stays === true ? ' from' : ' at'} ${at}`;
}

function nameOf(wrong: Wrong): string {
  if (typeof wrong === 'string') return wrong;
  if ('errno' in wrong) return wrong.errno;
  return 'short' in wrong ? `short write of ${wrong.short}` : 'power';
}

function doOf(wrong: Wrong): string {
  if (typeof wrong === 'string') return wrong;
  if ('errno' in wrong) return `errno:${constants.errno[wrong.errno]}`;
  return 'short' in wrong ? `short:${wrong.short}` : `power:${wrong.power}`;
}
