#!/usr/bin/env node
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { main, openWorld } from '../dist/rupture.js';

const terminals = [0, 1, 2].filter((stream) => isatty(stream));
// At its exit Node 20 sets the terminal as it was; where that is gone it aborts, and the core that it dumps holds what was typed.
process.on('exit', () => {
  for (const stream of terminals) if (!isatty(stream)) closeSync(stream);
});

process.exitCode = await main(process.argv.slice(2), (globals) => openWorld(process, globals));
