/** Trying webhooks without a plane: what `formation-template test` loads. */
export { SampleFault, type SampleAnswer, type Trial, tryWebhook } from '../director/notification/templates/trial.ts';
