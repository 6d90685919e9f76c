// Command peer is the Go crypto/tls peer of Akushu's interoperability tests.
// Its command line and its output are the contract in ../README.md.
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"os"
	"sync"
)

// Exit codes of the contract.
const (
	exitHeld        = 0
	exitNotHeld     = 1
	exitUsage       = 2
	exitUnsupported = 3
)

func main() {
	if len(os.Args) < 2 {
		fatal(exitUsage, "usage: peer server|client [options]")
	}
	options, err := parseOptions(os.Args[1], os.Args[2:])
	if err != nil {
		fatal(exitUsage, err.Error())
	}
	if options.keyUpdate {
		fatal(exitUnsupported, "crypto/tls answers KeyUpdate but has no call that sends one")
	}
	if len(options.suites) > 0 {
		fatal(exitUnsupported, "crypto/tls does not let TLS 1.3 suites be chosen")
	}
	config, err := options.config()
	if err != nil {
		fatal(exitUsage, err.Error())
	}
	switch os.Args[1] {
	case "server":
		os.Exit(serve(options, config))
	case "client":
		os.Exit(connectAll(options, config))
	default:
		fatal(exitUsage, "unknown role "+os.Args[1])
	}
}

// facts is one line of the output: what this side saw of one connection.
type facts struct {
	Event             string   `json:"event"`
	Resumed           bool     `json:"resumed"`
	Suite             *string  `json:"suite"`
	Group             *string  `json:"group"`
	HRR               *bool    `json:"hrr"`
	ALPN              *string  `json:"alpn"`
	SNI               *string  `json:"sni"`
	ClientCertSubject *string  `json:"client_cert_subject"`
	ServerCertSubject *string  `json:"server_cert_subject"`
	OCSPResponse      []byte   `json:"ocsp_response"`
	Timestamps        [][]byte `json:"timestamps"`
	Bytes             int      `json:"bytes"`
	Error             *string  `json:"error"`
}

// record fills in what crypto/tls tells once the handshake is done.
func (f *facts) record(state tls.ConnectionState, role string) {
	f.Resumed = state.DidResume
	f.Suite = present(tls.CipherSuiteName(state.CipherSuite))
	f.Group = present(groupName(state.CurveID))
	f.HRR = &state.HelloRetryRequest
	f.ALPN = present(state.NegotiatedProtocol)
	f.SNI = present(state.ServerName)
	f.OCSPResponse = state.OCSPResponse
	f.Timestamps = state.SignedCertificateTimestamps
	if len(state.PeerCertificates) == 0 {
		return
	}
	subject := present(state.PeerCertificates[0].Subject.String())
	if role == "server" {
		f.ClientCertSubject = subject
	} else {
		f.ServerCertSubject = subject
	}
}

func (f *facts) fail(err error) {
	if err != nil && f.Error == nil {
		f.Error = present(err.Error())
	}
}

func present(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

var output sync.Mutex

func emit(line any) {
	encoded, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	output.Lock()
	defer output.Unlock()
	fmt.Println(string(encoded))
}

func fatal(code int, message string) {
	fmt.Fprintln(os.Stderr, "peer: "+message)
	os.Exit(code)
}
