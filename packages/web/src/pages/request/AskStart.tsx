import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { desk } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';

/** Where a request begins: what this person may open here, by the name of its procedure and of the law behind it. */
export function AskStart() {
  const { t, term } = useWords();
  const { data, error } = useQuery(desk);
  if (error !== null && data === undefined) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <div className="reading">
      <h1>{t('desk.new')}</h1>
      <p>{t(data.opens.length === 0 ? 'start.none' : 'start.lead')}</p>
      <ul>
        {data.opens.map(({ procedure }) => (
          <li key={procedure}>
            <Link to="/new/$procedure" params={{ procedure }}>
              {term(`procedure.${procedure}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
