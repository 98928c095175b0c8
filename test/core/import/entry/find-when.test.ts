import { describe, expect, it } from 'vitest';
import { findWhen, orderIn, readWhen } from '../../../../src/core/import/entry/find-when.ts';
import { whenAt, zoneNamed } from '../../../../src/core/import/entry/zones.ts';
import { readingIn } from '../support.ts';

const reading = readingIn();

describe('a day', () => {
  it.each([
    '2024-03-12',
    '2024/03/12',
    '2024.03.12',
    '2024_03_12',
    '2024 03 12',
    '2024-3-12',
    '20240312',
    '12.03.2024',
    '12. 3. 2024',
    'March 12, 2024',
    'March 12th, 2024',
    'Mar 12 2024',
    'Mar. 12, 2024',
    '12 March 2024',
    '12th of March 2024',
    '12. März 2024',
    '12 mars 2024',
    '12 de marzo de 2024',
    '12 maart 2024',
    '12 marca 2024',
    '2024 March 12',
    'Tuesday, March 12, 2024',
    '[[2024-03-12]]',
    '[[March 12th, 2024]]',
    '2024年3月12日',
    '2024년 3월 12일',
    'Session of 2024-03-12 with K',
    '12-March-2024',
    '12.03.2024, 19:04',
  ])('is found in %j', text => {
    expect(findWhen(text, reading)?.when.day).toBe('2024-03-12');
  });

  it.each([
    '2024',
    '2024-03',
    '12 March',
    '2024-13-12',
    '2024-02-30',
    '03/04/2024',
    '0033612345678',
    'version 1.10.2024.3',
    '20241312',
    '120240312',
    'Room 12 2024',
    '202403',
    '3/2024',
    '',
  ])('is not found in %j', text => {
    expect(findWhen(text, reading)).toBeUndefined();
  });

  it('is read if it has only one reading', () => {
    expect(['13/3/2024', '3-13-2024'].map(text => findWhen(text, reading)?.when.day)).toEqual([
      '2024-03-13',
      '2024-03-13',
    ]);
  });

  it('is read like the others of its set if ambiguous', () => {
    expect(orderIn(['03-04-2024', '13-04-2024'])).toBe('day');
    expect(orderIn(['03-04-2024', '04-13-2024'])).toBe('month');
    expect([orderIn(['03-04-2024']), orderIn(['13-04-2024', '04-13-2024']), orderIn([])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([
      findWhen('03-04-2024', readingIn('UTC', 'day'))?.when.day,
      findWhen('03-04-2024', readingIn('UTC', 'month'))?.when.day,
    ]).toEqual(['2024-04-03', '2024-03-04']);
    expect(findWhen('03-03-2024', reading)?.when.day).toBe('2024-03-03');
  });
});

describe('a moment', () => {
  it.each([
    // In this machine's zone if it names none.
    ['2024-03-12 19:04', '2024-03-12T19:04:00.000-04:00'],
    ['2024-03-12T19:04:55.120', '2024-03-12T19:04:55.000-04:00'],
    ['2024-03-12 9:04 PM', '2024-03-12T21:04:00.000-04:00'],
    ['2024-03-12 12:04 am', '2024-03-12T00:04:00.000-04:00'],
    ['March 12, 2024 9:30 PM', '2024-03-12T21:30:00.000-04:00'],
    ['12 March 2024 at 23:10:00 GMT', '2024-03-12T23:10:00.000-04:00'],
    ['20240312T193005', '2024-03-12T19:30:05.000-04:00'],
    ['202403121930', '2024-03-12T19:30:00.000-04:00'],
    ['2024-03-12 19-30-05', '2024-03-12T19:30:05.000-04:00'],
    ['2024-03-10 02:30', '2024-03-10T02:30:00.000-05:00'],
    // In UTC: converted to this machine's day.
    ['2024-03-13T03:30:00Z', '2024-03-12T23:30:00.000-04:00'],
    ['2023-12-06 12:11:20Z', '2023-12-06T07:11:20.000-05:00'],
    ['20240313T033000Z', '2024-03-12T23:30:00.000-04:00'],
    ['2024-03-13 03:30 UTC', '2024-03-12T23:30:00.000-04:00'],
    ['1710300600', '2024-03-12T23:30:00.000-04:00'],
    ['1710300600000', '2024-03-12T23:30:00.000-04:00'],
    // With an offset: the day where the person was.
    ['2024-03-12T23:30:00+13:00', '2024-03-12T23:30:00.000+13:00'],
    ['2024-03-12 23:30:00 -0800', '2024-03-12T23:30:00.000-08:00'],
    ['Tue Mar 12 2024 19:04:55 GMT+0100 (CET)', '2024-03-12T19:04:55.000+01:00'],
    ['Tue, 12 Mar 2024 19:04:55 +0100', '2024-03-12T19:04:55.000+01:00'],
  ])('is read in %j', (text, created) => {
    expect(readWhen(text, reading)).toEqual({ day: created.slice(0, 10), created });
  });

  it.each(['2024-03-12T00:00:00Z', '2024-03-12T00:00:00.000Z', '2024-03-12 00:00:00 UTC'])(
    'that only encodes a day stays on that day: %s',
    text => {
      expect(readWhen(text, reading)).toEqual({ day: '2024-03-12' });
    },
  );

  it.each(['2024-03-12 25:00', '2024-03-12T19:99'])('is a day without the invalid time: %s', text => {
    expect(readWhen(text, reading)).toEqual({ day: '2024-03-12' });
  });

  it('has the local day of its time zone', () => {
    const ms = Date.UTC(2024, 2, 12, 11, 30);
    expect(
      ['Pacific/Auckland', 'America/New_York', 'Pacific/Pago_Pago', 'Asia/Kathmandu'].map(name => {
        const zone = zoneNamed(name);
        return zone === undefined ? undefined : whenAt(ms, zone)?.created;
      }),
    ).toEqual([
      '2024-03-13T00:30:00.000+13:00',
      '2024-03-12T07:30:00.000-04:00',
      '2024-03-12T00:30:00.000-11:00',
      '2024-03-12T17:15:00.000+05:45',
    ]);
    expect([zoneNamed('Mars/Olympus'), zoneNamed('')]).toEqual([undefined, undefined]);
    expect(whenAt(Number.NaN, readingIn().zone)).toBeUndefined();
  });
});

it('searches a long text of dates and spaces quickly', () => {
  const start = process.cpuUsage();
  for (const text of [
    ' '.repeat(1e6),
    '2024-'.repeat(1e5),
    `${'March '.repeat(1e5)}12`,
    '12 '.repeat(1e5),
    `1${'.'.repeat(1e6)}`,
  ])
    findWhen(text, reading);
  expect(process.cpuUsage(start).user).toBeLessThan(2e6);
});
