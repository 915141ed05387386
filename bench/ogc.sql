-- The content of /ogc/collections/massnahmen/items?limit=… as JSON, in one statement, as one would write it by hand;
-- without the links and the time of the answer. Places are points: their box is the point itself.
-- For a round that is not overdue.
WITH chosen AS (
  SELECT m.*, row_number() OVER (ORDER BY
           regexp_replace(regexp_replace(m.number, '(\d+)', '0000000000\1', 'g'), '0*(\d{10})', '\1', 'g'), m.id
         ) AS rank
  FROM measures_measure m WHERE m.visibility = 'public'
  ORDER BY rank LIMIT %(limit)s
),
areas AS (
  SELECT l.measure_id, json_agg(coalesce(nullif(a.key, ''), a.name) ORDER BY l.id) AS list
  FROM measures_measurearea l JOIN places_area a ON a.id = l.area_id
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
tasks AS (
  SELECT l.measure_id, json_agg(coalesce(nullif(t.number, ''), t.title) ORDER BY l.id) AS list
  FROM measures_measuretask l JOIN goals_futuretask t ON t.id = l.task_id
  JOIN goals_framework f ON f.id = t.framework_id AND f.status = 'valid'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
goals AS (
  SELECT l.measure_id, json_agg(coalesce(nullif(g.number, ''), g.title) ORDER BY l.id) AS list
  FROM measures_measuregoal l JOIN goals_goal g ON g.id = l.goal_id
  JOIN goals_framework f ON f.id = g.framework_id AND f.status = 'valid'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
concepts AS (
  SELECT l.measure_id, json_agg(coalesce(nullif(c.number, ''), c.title) ORDER BY l.id) AS list
  FROM measures_measureconcept l JOIN concepts_concept c ON c.id = l.concept_id AND c.visibility = 'public'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
)
SELECT json_build_object(
  'type', 'FeatureCollection',
  'numberMatched', (SELECT count(*) FROM measures_measure WHERE visibility = 'public'),
  'numberReturned', count(*),
  'features', coalesce(json_agg(json_build_object(
    'type', 'Feature', 'id', m.number,
    'geometry', CASE WHEN m.bounds IS NOT NULL THEN json_build_object(
       'type', 'Point', 'coordinates', json_build_array(
         round(cube_ll_coord(m.bounds, 1)::numeric, 7)::float8, round(cube_ll_coord(m.bounds, 2)::numeric, 7)::float8
       )) END,
    'properties', json_build_object(
      'number', m.number, 'title', m.title, 'teaser', m.teaser,
      'department', d.key, 'department_name', d.name, 'task_type', m.task_type, 'duration', m.duration,
      'starts_on', m.starts_on, 'ends_on', m.ends_on, 'expected_end_on', c.expected_end_on,
      'standing', CASE
         WHEN c.phase IN ('merged', 'replaced', 'dropped') THEN 'ended'
         WHEN c.phase = 'in_use' THEN 'in_use'
         WHEN c.id IS NULL OR c.phase = '' OR c.timeliness = '' OR c.reported_on < %(stale_before)s
         THEN 'unreported' ELSE c.timeliness END,
      'phase', c.phase, 'timeliness', c.timeliness, 'reported_on', c.reported_on,
      'cost_eur', m.cost_eur, 'cost_words', m.cost_words, 'place', m.place_words,
      'areas', coalesce(areas.list, '[]'), 'tasks', coalesce(tasks.list, '[]'),
      'goals', coalesce(goals.list, '[]'), 'concepts', coalesce(concepts.list, '[]'),
      'url', %(site)s || '/massnahmen/' || m.number || '/'
    )
  ) ORDER BY m.rank), '[]')
)::text
FROM chosen m
LEFT JOIN measures_report c ON c.id = m.current_report_id
LEFT JOIN people_department d ON d.id = m.lead_department_id
LEFT JOIN areas ON areas.measure_id = m.id
LEFT JOIN tasks ON tasks.measure_id = m.id
LEFT JOIN goals ON goals.measure_id = m.id
LEFT JOIN concepts ON concepts.measure_id = m.id
