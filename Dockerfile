# La misma imagen sirve a la web, al trabajador y a la agenda; docker-compose.yml dice cuál es cuál.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ESCUELA_DATOS=/datos

RUN useradd --create-home --uid 10001 portal \
    && install -d -o portal -g portal /datos

WORKDIR /portal

COPY requirements-uv.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --system --no-cache --require-hashes -r requirements.txt

COPY . .

USER portal
VOLUME /datos
EXPOSE 8000

CMD ["python", "-m", "gunicorn", "-c", "python:escuela.gunicorn", "--bind", "0.0.0.0:8000"]
