import type { Migration } from 'kysely/migration';
import { house } from './0001_house.ts';
import { fourEyes } from './0002_four_eyes.ts';
import { lawTexts } from './0003_law_texts.ts';
import { log } from './0004_log.ts';
import { witness } from './0005_witness.ts';
import { erasable } from './0006_erasable.ts';
import { mirror } from './0007_mirror.ts';
import { reader } from './0008_reader.ts';
import { custody } from './0009_custody.ts';
import { uploads } from './0010_uploads.ts';
import { desk } from './0011_desk.ts';
import { imports } from './0012_imports.ts';
import { queries } from './0013_queries.ts';
import { complaints } from './0014_complaints.ts';
import { letters } from './0015_letters.ts';
import { hi1Deliveries } from './0016_hi1_deliveries.ts';
import { preparation } from './0017_preparation.ts';
import { signedPlans } from './0018_signed_plans.ts';
import { offersEnd } from './0019_offers_end.ts';
import { scanned } from './0020_scanned.ts';

/** Every migration in order. Numbered, forward only; a released one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_house': house,
  '0002_four_eyes': fourEyes,
  '0003_law_texts': lawTexts,
  '0004_log': log,
  '0005_witness': witness,
  '0006_erasable': erasable,
  '0007_mirror': mirror,
  '0008_reader': reader,
  '0009_custody': custody,
  '0010_uploads': uploads,
  '0011_desk': desk,
  '0012_imports': imports,
  '0013_queries': queries,
  '0014_complaints': complaints,
  '0015_letters': letters,
  '0016_hi1_deliveries': hi1Deliveries,
  '0017_preparation': preparation,
  '0018_signed_plans': signedPlans,
  '0019_offers_end': offersEnd,
  '0020_scanned': scanned,
};
