#!/usr/bin/env node
import { main, openWorld } from '../dist/rupture.js';

process.exitCode = await main(process.argv.slice(2), (globals) => openWorld(process, globals));
