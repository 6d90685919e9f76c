package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// options is the contract's command line.
type options struct {
	role        string
	port        int
	cert, key   string
	ocsp        string
	timestamps  []string
	ca          string
	clientCA    string
	serverName  string
	alpn        []string
	groups      []string
	suites      []string
	keylog      string
	connections int
	noResume    bool
	keyUpdate   bool
	timeout     time.Duration
	lifetime    time.Duration
}

func parseOptions(role string, arguments []string) (*options, error) {
	o := &options{role: role}
	flags := flag.NewFlagSet(role, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.IntVar(&o.port, "port", 0, "")
	flags.StringVar(&o.cert, "cert", "", "")
	flags.StringVar(&o.key, "key", "", "")
	flags.StringVar(&o.ocsp, "ocsp", "", "")
	flags.Func("timestamps", "", list(&o.timestamps))
	flags.StringVar(&o.ca, "ca", "", "")
	flags.StringVar(&o.clientCA, "client-ca", "", "")
	flags.StringVar(&o.serverName, "servername", "localhost", "")
	flags.Func("alpn", "", list(&o.alpn))
	flags.Func("groups", "", list(&o.groups))
	flags.Func("suites", "", list(&o.suites))
	flags.StringVar(&o.keylog, "keylog", "", "")
	flags.IntVar(&o.connections, "connections", defaultConnections(role), "")
	flags.BoolVar(&o.noResume, "no-resume", false, "")
	flags.BoolVar(&o.keyUpdate, "key-update", false, "")
	flags.Func("timeout", "", seconds(&o.timeout))
	flags.Func("lifetime", "", seconds(&o.lifetime))
	o.timeout, o.lifetime = 10*time.Second, 120*time.Second
	if err := flags.Parse(arguments); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, errors.New("unexpected argument " + flags.Arg(0))
	}
	return o, nil
}

// defaultConnections is one for a client; a server takes any number while it lives.
func defaultConnections(role string) int {
	if role == "client" {
		return 1
	}
	return 0
}

func list(target *[]string) func(string) error {
	return func(value string) error {
		*target = strings.Split(value, ",")
		return nil
	}
}

func seconds(target *time.Duration) func(string) error {
	return func(value string) error {
		parsed, err := time.ParseDuration(value + "s")
		*target = parsed
		return err
	}
}

func (o *options) config() (*tls.Config, error) {
	config := &tls.Config{
		MinVersion:             tls.VersionTLS13,
		MaxVersion:             tls.VersionTLS13,
		NextProtos:             o.alpn,
		ServerName:             o.serverName,
		SessionTicketsDisabled: o.noResume,
	}
	if o.role == "client" && !o.noResume {
		config.ClientSessionCache = tls.NewLRUClientSessionCache(16)
	}
	for _, name := range o.groups {
		group, ok := groups[name]
		if !ok {
			return nil, fmt.Errorf("crypto/tls has no group %s", name)
		}
		config.CurvePreferences = append(config.CurvePreferences, group)
	}
	if o.cert != "" {
		identity, err := o.identity()
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{identity}
	}
	if o.ca != "" {
		roots, err := readRoots(o.ca)
		if err != nil {
			return nil, err
		}
		config.RootCAs = roots
	}
	if o.clientCA != "" {
		roots, err := readRoots(o.clientCA)
		if err != nil {
			return nil, err
		}
		config.ClientCAs, config.ClientAuth = roots, tls.RequireAndVerifyClientCert
	}
	if o.keylog != "" {
		file, err := os.OpenFile(o.keylog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		config.KeyLogWriter = file
	}
	return config, nil
}

// identity is the chain, its key, and what is sent beside it to those who ask.
func (o *options) identity() (tls.Certificate, error) {
	identity, err := tls.LoadX509KeyPair(o.cert, o.key)
	if err == nil && o.ocsp != "" {
		identity.OCSPStaple, err = os.ReadFile(o.ocsp)
	}
	for _, path := range o.timestamps {
		if err != nil {
			break
		}
		var timestamp []byte
		timestamp, err = os.ReadFile(path)
		identity.SignedCertificateTimestamps = append(identity.SignedCertificateTimestamps, timestamp)
	}
	return identity, err
}

func readRoots(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("no certificate in %s", path)
	}
	return roots, nil
}

// groups maps IANA's names to what crypto/tls has.
var groups = map[string]tls.CurveID{
	"X25519MLKEM768":     tls.X25519MLKEM768,
	"SecP256r1MLKEM768":  tls.SecP256r1MLKEM768,
	"SecP384r1MLKEM1024": tls.SecP384r1MLKEM1024,
	"x25519":             tls.X25519,
	"secp256r1":          tls.CurveP256,
	"secp384r1":          tls.CurveP384,
	"secp521r1":          tls.CurveP521,
}

func groupName(id tls.CurveID) string {
	for name, group := range groups {
		if group == id {
			return name
		}
	}
	return ""
}
