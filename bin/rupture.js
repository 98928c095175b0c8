#!/usr/bin/env node
import { closeSync } from 'node:fs';
import { main, openWorld } from '../dist/rupture.js';

const hangup = 129;
/** What the runs were ended by. */
const endings = [];

// At its exit Node 20 sets the terminal as it was; where that is gone it aborts, and the core that it dumps holds what was typed.
process.on('exit', (code) => {
  if (code !== hangup && endings.every(({ reason }) => reason !== 'SIGHUP')) return;
  for (const stream of [0, 1, 2]) {
    try {
      closeSync(stream);
    } catch {
      // It was closed before.
    }
  }
});

process.exitCode = await main(process.argv.slice(2), async (globals) => {
  const world = await openWorld(process, globals);
  endings.push(world.ended);
  return world;
});
