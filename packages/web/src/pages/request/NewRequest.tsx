import { useParams } from '@tanstack/react-router';
import { NotHere } from '../NotHere.tsx';
import { EngagementForm } from './EngagementForm.tsx';
import { OrderForm } from './OrderForm.tsx';

/** A new case: each procedure that people open has a form of its own. */
export function NewRequest() {
  const procedure = useParams({ strict: false, select: (params) => params.procedure });
  if (procedure === 'eu.epoc') return <OrderForm />;
  return procedure === 'outsourcing.engagement' ? <EngagementForm /> : <NotHere />;
}
