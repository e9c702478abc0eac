import { AppModel } from '../model/app-model';
import { ReportMetrics } from './report-metrics';

/** The input of a report. */
export interface ReportInput {
  /** The model from the cloud assembly, in which Tokens are expressions. */
  readonly model: AppModel;
  /** Whether the free tier is subtracted, as in the app’s `estimate`. */
  readonly freeTier?: boolean;
  /** Figures measured by CloudWatch, if they were requested. */
  readonly metrics?: ReportMetrics;
  /** Present if `serverless-app dev` serves the page: the version of the app that it shows. */
  readonly live?: { readonly version: string };
}
