-- The task whose input is a picture says so, so that a route to a model that sees none is refused when it is saved. What a
-- person has saved of its needs stays.
UPDATE tasks SET needs = '{"vision":true,"pdf":false,"json_schema":false,"tools":false}' WHERE name = 'validation' AND needs = '{}';
