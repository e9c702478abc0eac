import { clockChanges } from '../../lib/schedule/clock-changes';

const NONE = { back: 0, skipped: [] };
const TWO_TO_THREE = { from: 120, length: 60 };

describe('the clock changes of a time zone', () => {
  // The first, since what was asked once is kept.
  test('are those of UTC by default, wherever the app is synthesized', () => {
    const here = jest.spyOn(Intl, 'DateTimeFormat');
    try {
      expect(clockChanges(undefined)).toEqual(NONE);
      expect(here).not.toHaveBeenCalled();
    } finally {
      here.mockRestore();
    }
  });

  test.each([
    ['Europe/Warsaw', 60, [TWO_TO_THREE, TWO_TO_THREE, TWO_TO_THREE]],
    ['Africa/Cairo', 60, Array.from({ length: 3 }, () => ({ from: 0, length: 60 }))],
    ['Australia/Lord_Howe', 30, Array.from({ length: 3 }, () => ({ from: 120, length: 30 }))],
  ])('of %s occur twice in each of three years', (timeZone, back, skipped) => {
    expect(clockChanges(timeZone)).toEqual({ back, skipped });
  });

  test.each(['UTC', 'Etc/UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'of %s do not occur',
    (timeZone) => {
      expect(clockChanges(timeZone)).toEqual(NONE);
    },
  );
});
