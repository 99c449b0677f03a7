#!/bin/sh
# Makes the certificates for tests of TLS in the folder given: ca.pem; good, expired, wrong (another
# host) and self (signed by nobody), each as NAME.pem and NAME.key. All for 127.0.0.1, none for use.
set -eu
cd "$1"

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

key ca
openssl req -x509 -new -key ca.key -subj '/CN=sito test CA' -days 2 -out ca.pem 2>/dev/null \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
: >index.txt
cat >ca.cnf <<END
[ca]
default_ca = test
[test]
database = index.txt
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
END

signed() { # NAME ADDRESS FROM TO
  key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$1" -addext "subjectAltName=$2" -out "$1.csr" 2>/dev/null
  openssl ca -batch -config ca.cnf -notext -startdate "$3" -enddate "$4" -in "$1.csr" -out "$1.pem" 2>/dev/null
}

signed good IP:127.0.0.1 20200101000000Z 20490101000000Z
signed expired IP:127.0.0.1 20200101000000Z 20210101000000Z
signed wrong DNS:inny.example 20200101000000Z 20490101000000Z
key self
openssl req -x509 -new -key self.key -subj '/CN=self' -addext subjectAltName=IP:127.0.0.1 -days 2 \
  -out self.pem 2>/dev/null
