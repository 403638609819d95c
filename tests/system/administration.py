"""What administrators copy from their guide is taken: administration.py TURNUSCTL TEXT

Settings that name their file by turnusctl check, the web server's by nginx itself.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from town import Skip, Tap, equal

TURNUSCTL, TEXT = sys.argv[1:3]
SOURCE = os.environ["TURNUS_SOURCE"]
NGINX = """pid {0}/pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {0}; proxy_temp_path {0}; fastcgi_temp_path {0}; uwsgi_temp_path {0};
  scgi_temp_path {0};
  include {0}/site;
}}
"""


def find_blocks(kind):
    text = open(TEXT, encoding="utf-8").read()
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write(path, text):
    with open(path, "w", encoding="utf-8") as made:
        made.write(text)


def test_the_settings_are_in_order():
    blocks = find_blocks("conf turnus.conf")
    assert len(blocks) >= 4, blocks
    more = find_blocks("conf more")  # for settings that there are
    assert more
    blocks += [blocks[0] + part for part in more]
    for block in blocks:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(f"{SOURCE}/conf/charters", f"{folder}/charters")
            shutil.copytree(f"{SOURCE}/conf/holidays", f"{folder}/holidays")
            os.makedirs(f"{folder}/councils.d")
            write(f"{folder}/councils.d/odense.conf", re.sub(r'"charters/', '"../charters/', blocks[0]))
            write(f"{folder}/turnus.conf", block)
            result = run(TURNUSCTL, "check", "--config", f"{folder}/turnus.conf")
            equal(result.returncode, 0, result.stdout + result.stderr)


def test_nginx_takes_the_example():
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        raise Skip("nginx or openssl is not installed")
    site, = find_blocks("nginx")
    with tempfile.TemporaryDirectory() as folder:
        made = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test",
                   "-days", "2", "-keyout", f"{folder}/key", "-out", f"{folder}/pem")
        equal(made.returncode, 0, made.stderr)
        site = re.sub(r"(ssl_certificate +)\S+;", rf"\g<1>{folder}/pem;", site)
        site = re.sub(r"(ssl_certificate_key +)\S+;", rf"\g<1>{folder}/key;", site)
        write(f"{folder}/site", site)
        write(f"{folder}/nginx.conf", NGINX.format(folder))
        result = run("nginx", "-t", "-q", "-c", f"{folder}/nginx.conf")
        equal((result.returncode, result.stderr), (0, ""))


Tap().run([test_the_settings_are_in_order, test_nginx_takes_the_example])
