"""Reading through a language model behind an OpenAI-compatible endpoint, if asked for (extra ``llm``).

Never the default: nothing is sent unless a reader ``llm`` and an endpoint are asked for. A worked example, with a model
on one's own machine, so that the report does not leave it::

    pip install 'supply-routes[llm]'
    llama-server -m model.gguf -c 16384 --port 8080        # or: vllm serve MODEL; or: ollama serve
    routes find article.de.txt --reader llm --endpoint http://localhost:8080/v1 --model model -o routes.geojson

(Ollama's address is ``http://localhost:11434/v1``; raise its context, ``OLLAMA_CONTEXT_LENGTH=16384``.) A server that
wants a key gets it from the environment variable ``ROUTES_LLM_KEY`` and from nowhere else: not from an argument, which
other users of the machine can see, and not from the variables of other programs, whose key is for another host.

What is sent: the report's text, its date of publication, ``prompt.md`` and ``schema.json``. Long reports go in windows
of whole paragraphs (``windows``); a route told across the edge of two windows is not found. What comes back is not
believed but checked against the report (``checking``):

- A name or a quote counts only where it stands in the report, word for word but for the kind of spaces, hyphens and
  quotation marks; what is kept is the report's own stretch, with offsets found here, never taken from the model.
- A route is refused as a whole where a stop or a quote is not in the text, a word is not of the closed sets, or the
  roles are out of order; goods, source and date that do not read back are left out. Each refusal is logged as a
  warning of the logger ``routes.llm``, which goes to standard error.
- Places are our gazetteer's (``routes.toponyms.resolve``); the model is never asked for coordinates.

A report is written by others and may speak to the model ("ignore the above and ..."). It is sent between marks that
carry a hash of it, which it cannot hold itself, and the prompt says that it is data. That persuades, it does not bind;
what bounds the harm are the checks, and that an answer can do nothing but become claims. At worst routes are missing,
or join places that the report does name, with a quote of the report, by words of the closed sets. Each such claim
says which model said so (``Claim.why``).

Temperature 0 and a seed are asked for. Servers differ in what they make of that, so unlike with the other readers the
same report may give other routes another day.

The rooms: ``reading``, which `routes.find` calls, cuts the report (``windows``), asks about each window (``asking``,
over ``wire``, an ``endpoint``) and checks what comes back (``checking``, with ``names`` and ``told``). ``httpx`` and
not the ``openai`` package: one request is all that is needed, with our own bounds on its size, time and redirects.
"""
