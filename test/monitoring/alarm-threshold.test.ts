import { Duration } from 'aws-cdk-lib';
import { AlarmThreshold } from '../../lib/monitoring/alarm-threshold';

test.each([
  [Duration.millis(0.5), 0.5], // of which the CDK makes no whole number
  [Duration.seconds(3), 3000],
])('a time is in milliseconds: %s', (duration, milliseconds) => {
  expect(AlarmThreshold.duration(duration).value).toBe(milliseconds);
});
