#!/usr/bin/env node
import { main } from '../dist/main.js';
import { openWorld } from '../dist/open-world.js';

process.exitCode = await main(process.argv.slice(2), (globals) => openWorld(process, globals));
