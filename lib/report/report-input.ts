import { AppModel } from '../model/app-model';
import { ReportMetrics } from './report-metrics';

/** What a report is of. */
export interface ReportInput {
  /** As it stands in the cloud assembly, where Tokens are expressions. */
  readonly model: AppModel;
  /** Whether what AWS gives for nothing is taken off, as the app's `estimate` says. */
  readonly freeTier?: boolean;
  /** What the app really did, where somebody asked CloudWatch. */
  readonly metrics?: ReportMetrics;
}
