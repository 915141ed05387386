-- The content of /api/v1/measures?limit=…&offset=0 as JSON, in one statement, as one would write it by hand.
-- For a round that is not overdue, and restraint periods that do not follow one another.
WITH chosen AS (
  SELECT m.*, row_number() OVER (ORDER BY
           regexp_replace(regexp_replace(m.number, '(\d+)', '0000000000\1', 'g'), '0*(\d{10})', '\1', 'g'), m.id
         ) AS place
  FROM measures_measure m WHERE m.visibility = 'public'
  ORDER BY place LIMIT %(limit)s
),
tasks AS (
  SELECT l.measure_id, json_agg(json_build_object('number', t.number, 'title', t.title) ORDER BY l.id) AS list
  FROM measures_measuretask l JOIN goals_futuretask t ON t.id = l.task_id
  JOIN goals_framework f ON f.id = t.framework_id AND f.status = 'valid'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
goals AS (
  SELECT l.measure_id, json_agg(json_build_object(
           'number', g.number, 'title', g.title, 'sign', l.sign, 'weight', l.weight,
           'reason', l.reason, 'is_main', l.is_main) ORDER BY l.id) AS list
  FROM measures_measuregoal l JOIN goals_goal g ON g.id = l.goal_id
  JOIN goals_framework f ON f.id = g.framework_id AND f.status = 'valid'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
concepts AS (
  SELECT l.measure_id, json_agg(json_build_object('number', c.number, 'title', c.title) ORDER BY l.id) AS list
  FROM measures_measureconcept l JOIN concepts_concept c ON c.id = l.concept_id AND c.visibility = 'public'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
areas AS (
  SELECT l.measure_id, json_agg(json_build_object('key', a.key, 'name', a.name) ORDER BY l.id) AS list
  FROM measures_measurearea l JOIN places_area a ON a.id = l.area_id
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
milestones AS (
  SELECT measure_id, json_agg(json_build_object(
           'title', title, 'due_on', due_on, 'due_words', due_words, 'done_on', done_on) ORDER BY id) AS list
  FROM measures_milestone
  WHERE is_public AND measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
involved AS (
  SELECT l.measure_id, json_agg(json_build_object(
           'department', d.key, 'name', d.name, 'role', l.role, 'since', l.since) ORDER BY l.id) AS list
  FROM measures_involvement l JOIN people_department d ON d.id = l.department_id
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
partners AS (
  SELECT measure_id, json_agg(json_build_object('name', name, 'role', role) ORDER BY id) AS list
  FROM measures_measurepartner
  WHERE is_public AND measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
needs AS (
  SELECT l.measure_id, json_agg(n.number ORDER BY l.id) AS list
  FROM measures_dependency l JOIN measures_measure n ON n.id = l.needs_id AND n.visibility = 'public'
  WHERE l.measure_id IN (SELECT id FROM chosen) GROUP BY 1
),
reports AS (
  SELECT r.measure_id, json_agg(json_build_object(
           'on', r.reported_on, 'phase', r.phase, 'timeliness', r.timeliness,
           'is_confirmation', r.is_confirmation, 'expected_end_on', r.expected_end_on,
           'department', d.name,
           'note', CASE WHEN r.released_at IS NOT NULL AND coalesce(
                     (SELECT p.ends_on + 1 FROM measures_restraintperiod p
                      WHERE (r.released_at AT TIME ZONE 'Europe/Berlin')::date BETWEEN p.starts_on AND p.ends_on
                      LIMIT 1),
                     (r.released_at AT TIME ZONE 'Europe/Berlin')::date) <= %(today)s
                   THEN r.public_note ELSE '' END) ORDER BY r.reported_on DESC, r.id DESC) AS list
  FROM measures_report r LEFT JOIN people_department d ON d.id = r.by_department_id
  WHERE r.withdrawn_at IS NULL AND r.measure_id IN (SELECT id FROM chosen) GROUP BY 1
)
SELECT json_build_object(
  'count', (SELECT count(*) FROM measures_measure WHERE visibility = 'public'),
  'offset', 0,
  'items', coalesce(json_agg(json_build_object(
    'number', m.number, 'title', m.title, 'teaser', m.teaser, 'description', m.description,
    'department', d.key, 'department_name', d.name, 'task_type', m.task_type, 'duration', m.duration,
    'starts_on', m.starts_on, 'starts_words', m.starts_words, 'ends_on', m.ends_on, 'ends_words', m.ends_words,
    'cost_eur', m.cost_eur::text, 'cost_words', m.cost_words, 'cost_is_approximate', m.cost_is_approximate,
    'cost_price_on', m.cost_price_on, 'place', m.place_words, 'topics', m.topics,
    'resolution', m.resolution_reference, 'resolution_on', m.resolution_on,
    'standing', CASE
       WHEN c.phase IN ('merged', 'replaced', 'dropped') THEN 'ended'
       WHEN c.phase = 'in_use' THEN 'in_use'
       WHEN c.id IS NULL OR c.phase = '' OR c.timeliness = '' OR c.reported_on < %(stale_before)s
       THEN 'unreported' ELSE c.timeliness END,
    'phase', c.phase, 'timeliness', c.timeliness, 'reported_on', c.reported_on,
    'expected_end_on', c.expected_end_on,
    'successor', CASE WHEN s.visibility = 'public' THEN s.number END,
    'parent', CASE WHEN p.visibility = 'public' THEN p.number END,
    'needs_first', coalesce(needs.list, '[]'), 'tasks', coalesce(tasks.list, '[]'),
    'goals', coalesce(goals.list, '[]'), 'concepts', coalesce(concepts.list, '[]'),
    'areas', coalesce(areas.list, '[]'), 'milestones', coalesce(milestones.list, '[]'),
    'involved', coalesce(involved.list, '[]'), 'partners', coalesce(partners.list, '[]'),
    'reports', coalesce(reports.list, '[]')
  ) ORDER BY m.place), '[]')
)::text
FROM chosen m
LEFT JOIN measures_report c ON c.id = m.current_report_id
LEFT JOIN people_department d ON d.id = m.lead_department_id
LEFT JOIN measures_measure s ON s.id = m.merged_into_id
LEFT JOIN measures_measure p ON p.id = m.parent_id
LEFT JOIN tasks ON tasks.measure_id = m.id
LEFT JOIN goals ON goals.measure_id = m.id
LEFT JOIN concepts ON concepts.measure_id = m.id
LEFT JOIN areas ON areas.measure_id = m.id
LEFT JOIN milestones ON milestones.measure_id = m.id
LEFT JOIN involved ON involved.measure_id = m.id
LEFT JOIN partners ON partners.measure_id = m.id
LEFT JOIN needs ON needs.measure_id = m.id
LEFT JOIN reports ON reports.measure_id = m.id
