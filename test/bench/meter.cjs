// Loaded before a measured program: at exit, appends its CPU time (ms) and peak memory (MB) to RUPTURE_METER.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  require('node:fs').appendFileSync(
    process.env.RUPTURE_METER,
    `${JSON.stringify({ cpu: (user + system) / 1000, rss: maxRSS / 1024 })}\n`,
  );
});
